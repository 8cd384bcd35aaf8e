// The bar of what the server has accepted, and its percentage.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const HEIGHT = 12;

export class CoverageBar {
  constructor(element, durationMs) {
    this.bar = element.querySelector("[data-watch-bar]");
    this.percent = element.querySelector("[data-watch-percent]");
    this.durationMs = durationMs;
    // what counted once stays, with another cut too
    this.isWhole = this.percent.textContent === "100";
  }

  show(ranges, percent) {
    this.percent.textContent = String(Math.max(percent, Number(this.percent.textContent)));
    if (this.isWhole) return;
    for (const part of this.bar.querySelectorAll(".lesson-bar-part")) part.remove();
    this.bar.append(...ranges.map((range) => this.part(range)));
  }

  part([start, end]) {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", "lesson-bar-part");
    rect.setAttribute("x", String((WIDTH * start) / this.durationMs));
    rect.setAttribute("width", String(Math.max(1, (WIDTH * (end - start)) / this.durationMs)));
    rect.setAttribute("height", String(HEIGHT));
    return rect;
  }
}
