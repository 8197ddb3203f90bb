// Shows what is wrong with the site, over the page that is looked at. The page's styles do not reach it, nor its own the
// page; a style sheet that is made by script is no inline style, which the site's policy forbids.

const KEY = "fieldbook-faults";

/** What is shown: the state that the server told, and whether the panel is open. It outlives a reload. */
let shown = null;
try {
  shown = JSON.parse(sessionStorage.getItem(KEY));
} catch {
  // Storage is switched off: it is shown when the server tells it.
}
const remember = () => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(shown));
  } catch {
    // As above.
  }
};

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child));
  return element;
};
const words = ({ errors, warnings }) =>
  [[errors, "error"], [warnings, "warning"]]
    .filter(([count]) => count)
    .map(([count, word]) => `${count} ${word}${count > 1 ? "s" : ""}`)
    .join(", ");
const fault = ({ severity, code, message, place, excerpt, help, editor }) => {
  const [line, marks = ""] = excerpt.split("\n");
  const margin = marks.indexOf("|") + 1;
  return make("li", { className: severity },
    make("p", { className: "place" },
      place && make(editor ? "a" : "span", editor ? { href: editor, textContent: place } : { textContent: place }),
      make("span", { className: "code", textContent: `${severity}[${code}]` })),
    make("p", { className: "message", textContent: message }),
    line && make("pre", { tabIndex: 0 }, `${line}\n${marks.slice(0, margin)}`, make("b", { textContent: marks.slice(margin) })),
    help && make("p", { className: "help", textContent: help }));
};

let host, parts;
const build = () => {
  host = make("fieldbook-faults");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const turn = (isOpen, focus) => () => {
    shown.isOpen = isOpen;
    draw();
    focus().focus();
  };
  parts = {
    status: make("p", { className: "unseen", role: "status" }),
    badge: make("button", { className: "badge", type: "button", title: "Show what is wrong", onclick: turn(true, () => parts.less) }),
    title: make("h2"),
    less: make("button", { type: "button", ariaLabel: "Minimise", title: "Minimise (Escape)", textContent: "–", onclick: turn(false, () => parts.badge) }),
    list: make("ol"),
    more: make("p", { className: "more" }),
  };
  parts.panel = make("section", { ariaLabel: "What is wrong with the site" },
    make("header", {}, parts.title, parts.less), parts.list, parts.more);
  shadow.append(parts.status, parts.badge, parts.panel);
  document.documentElement.append(host);
};
const draw = () => {
  remember();
  if (!host) build();
  const { state, isOpen } = shown;
  host.className = state.errors ? "error" : "warning";
  parts.status.textContent = parts.title.textContent = parts.badge.textContent = words(state);
  parts.panel.hidden = !isOpen;
  parts.badge.hidden = isOpen;
  parts.list.replaceChildren(...state.faults.map(fault));
  parts.more.textContent = state.more ? `and ${state.more} more, in the terminal` : "";
};
export const show = (state) => {
  if (JSON.stringify(state) === JSON.stringify(shown?.state)) return;
  if (!state.errors && !state.warnings) {
    if (!host) return;
    const old = host;
    host = shown = null;
    remember();
    old.classList.add("gone");
    setTimeout(() => old.remove(), 200);
    return;
  }
  const had = shown?.state.errors > 0;
  const isOpen = had === state.errors > 0 ? Boolean(shown?.isOpen) : state.errors > 0;
  const top = parts?.list.scrollTop;
  const isNew = !host;
  shown = { state, isOpen };
  draw();
  parts.list.scrollTop = top;
  if (isNew && !matchMedia("(prefers-reduced-motion)").matches) host.animate({ opacity: [0, 1] }, 200);
};
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !shown?.isOpen) return;
  const isInside = document.activeElement === host;
  shown.isOpen = false;
  draw();
  if (isInside) parts.badge.focus();
});

const STYLE = `
:host { all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483647; color-scheme: inherit;
  --warning: light-dark(#875800, #f0b849); --error: light-dark(#b42318, #ff9d91); --tone: var(--warning);
  --line: light-dark(#e3e0d8, #343d3a); --soft: light-dark(#59625e, #a8b3ae);
  color: light-dark(#1f2523, #e4e9e6); font: 15px/1.5 system-ui, sans-serif; }
:host(.error), .error { --tone: var(--error); }
.warning { --tone: var(--warning); }
* { box-sizing: border-box; margin: 0; font: inherit; color: inherit; }
[hidden] { display: none !important; }
section, .badge { margin: 16px; border: 1px solid var(--line); background: light-dark(#fff, #1a201e);
  box-shadow: 0 1px 2px rgb(0 0 0 / .1), 0 12px 40px rgb(0 0 0 / .18); }
section { display: flex; flex-direction: column; inline-size: min(44rem, 100vw - 32px); max-block-size: min(32rem, 70vh);
  border-radius: 12px; overflow: hidden; }
header { display: flex; align-items: center; justify-content: space-between; padding: 8px 8px 8px 16px; border-block-end: 1px solid var(--line); }
h2, .badge { font-weight: 600; }
h2::before, .badge::before { content: ""; display: inline-block; inline-size: 9px; block-size: 9px; margin-inline-end: 9px;
  border-radius: 50%; background: var(--tone); }
button { cursor: pointer; border: 0; background: none; inline-size: 32px; block-size: 32px; border-radius: 8px; }
header button:hover { background: var(--line); }
.badge { display: block; margin-inline-start: auto; inline-size: auto; block-size: auto; padding: 7px 15px; border-radius: 99px; }
:focus-visible { outline: 2px solid var(--tone); outline-offset: -2px; }
ol { padding: 0; list-style: none; overflow: auto; overscroll-behavior: contain; }
li { padding: 14px 16px; }
li + li { border-block-start: 1px solid var(--line); }
.place { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.place, pre { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
a { text-underline-offset: 3px; }
.code, pre b { color: var(--tone); }
.message { margin-block: 4px; font-weight: 600; overflow-wrap: anywhere; }
pre { margin-block: 8px; padding: 8px 12px; border-radius: 6px; background: light-dark(#f5f3ee, #121716); font-size: 13px; overflow-x: auto; }
.help { overflow-wrap: anywhere; color: var(--soft); }
.more:not(:empty) { padding: 8px 16px; border-block-start: 1px solid var(--line); color: var(--soft); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: no-preference) { :host { transition: opacity .2s; } }
:host(.gone) { opacity: 0; }
@media print { :host { display: none; } }
`;

if (shown) draw();
