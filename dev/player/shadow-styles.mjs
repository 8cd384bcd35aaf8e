// A strict Content-Security-Policy refuses <style> elements, also inside shadow roots.
// These three functions give media-chrome the same effect through constructable sheets.

/** Fill a shadow root from HTML text, moving each <style> into an adopted sheet. */
export function fillShadow(root, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const sheets = [];
  for (const style of template.content.querySelectorAll("style")) {
    if (style.hasAttribute("media")) {
      const marker = document.createElement("template");
      marker.id = style.id;
      style.replaceWith(marker);
      continue;
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    sheets.push(sheet);
    style.remove();
  }
  root.adoptedStyleSheets = sheets;
  root.replaceChildren(template.content);
}

function rootOf(node) {
  return node instanceof ShadowRoot ? node : node.getRootNode();
}

export function getCSSRule(node, predicate) {
  for (const sheet of rootOf(node).adoptedStyleSheets ?? []) {
    for (const rule of sheet.cssRules) {
      if (predicate(rule.selectorText)) return rule;
    }
  }
  return undefined;
}

export function insertCSSRule(node, selectorText) {
  const root = rootOf(node);
  if (!root.adoptedStyleSheets.length) root.adoptedStyleSheets = [new CSSStyleSheet()];
  const sheet = root.adoptedStyleSheets.at(-1);
  return sheet.cssRules[sheet.insertRule(`${selectorText}{}`, sheet.cssRules.length)];
}
