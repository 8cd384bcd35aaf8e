// Reports what was watched and shows what the server took. The truth is the server's: this module
// only sends the cumulative ranges of the page, and repeats them until an answer comes.
import { CoverageBar } from "./watch_bar.js";
import { post, RequestRefused } from "./request.js";
import { claimable } from "./watch_ranges.js";

const RETRY_SECONDS = 5;

class Watch {
  constructor(element, player) {
    this.element = element;
    this.player = player;
    this.session = null;
    this.starting = null;
    this.accepted = [];
    this.seen = document.visibilityState === "visible";
    this.bar = new CoverageBar(element, player.duration());
    this.resumeRow = element.querySelector("[data-watch-resume-row]");
    element.querySelector("[data-watch-resume]").addEventListener("click", () => this.goOn());
    this.listen();
  }

  listen() {
    const { video } = this.player;
    video.addEventListener("play", () => this.ensureSession());
    for (const name of ["pause", "seeked", "ratechange", "ended"]) {
      video.addEventListener(name, () => this.beat());
    }
    document.addEventListener("visibilitychange", () => {
      const hidden = document.visibilityState === "hidden";
      if (hidden) this.beat({ keepalive: true });
      this.seen = !hidden;
    });
    addEventListener("pagehide", () => this.beat({ keepalive: true }));
    addEventListener("online", () => this.beat());
  }

  ensureSession() {
    if (this.session) return this.starting;
    this.starting ??= this.start().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  async start() {
    try {
      const answer = await post(this.element, this.element.dataset.startUrl, {
        lesson: this.element.dataset.lesson,
        enrolment: this.element.dataset.enrolment,
      });
      this.session = answer.token;
      this.take(answer);
      this.plan(answer.beat_seconds);
    } catch (error) {
      this.refuse(error);
    }
  }

  /** Start a new session after another window took over, or after the old one ended. */
  async goOn() {
    this.resumeRow.hidden = true;
    this.say("");
    await this.ensureSession();
    if (this.session) this.player.video.play().catch(() => {});
  }

  plan(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.player.video.paused) this.plan(seconds);
      else this.beat();
    }, seconds * 1000);
  }

  async beat({ keepalive = false } = {}) {
    if (!this.session) return;
    const token = this.session;
    const body = {
      token,
      ranges: claimable(this.player.played(), this.accepted),
      position_ms: this.player.position(),
      visible: this.seen,
    };
    try {
      const answer = await post(this.element, this.element.dataset.beatUrl, body, { keepalive });
      if (this.session !== token) return;
      this.take(answer);
      this.sayVerdict(answer);
      this.plan(answer.beat_seconds);
    } catch (error) {
      if (this.session === token) this.refuse(error);
    }
  }

  take(answer) {
    this.accepted = answer.ranges;
    this.bar.show(answer.ranges, answer.percent);
    if (answer.completed) this.say("completed");
  }

  sayVerdict(answer) {
    if (!answer.accepted) this.say(answer.reason);
    else if (!answer.completed) this.say("");
  }

  refuse(error) {
    const code = error instanceof RequestRefused ? error.code : "offline";
    if (code === "offline") {
      this.say("offline");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.beat(), RETRY_SECONDS * 1000);
      return;
    }
    clearTimeout(this.timer);
    this.session = null;
    if (code === "token_expired") {
      // playing begins a new session, now or when the viewer goes on
      if (!this.player.video.paused) this.ensureSession();
      return;
    }
    this.player.pause();
    this.say(code);
    this.resumeRow.hidden = code === "run_closed" || code === "run_left" || code === "signed_out";
  }

  say(code) {
    const word = this.element.querySelector("[data-watch-word]");
    const known = this.element.querySelector(`[data-say="${code}"]`);
    const said = code ? (known ?? this.element.querySelector('[data-say="other"]')) : null;
    const text = said?.textContent ?? "";
    if (word.textContent !== text) word.replaceChildren(...(said?.cloneNode(true).childNodes ?? []));
    word.dataset.code = code;
  }
}

const element = document.querySelector("[data-watch]");
function begin(player) {
  if (element.watch) return;
  element.watch = new Watch(element, player);
  if (!player.video.paused) element.watch.ensureSession();
}

if (element) {
  const ready = element.querySelector("[data-player]")?.player;
  if (ready) begin(ready);
  element.addEventListener("player:ready", (event) => begin(event.detail.player));
}
