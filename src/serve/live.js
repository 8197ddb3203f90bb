// Keeps a page up to date while `fieldbook serve` serves it; overlay.js shows what is wrong with the site.
(() => {
  const script = document.currentScript;
  const root = document.documentElement;
  let digest = script.dataset.digest;

  const recall = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(`fieldbook-${key}`));
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      sessionStorage.setItem(`fieldbook-${key}`, JSON.stringify(value));
    } catch {
      // Storage is switched off: the page is reloaded all the same.
    }
  };

  // Where the reader is: by the elements above the top of the window, for what stands above them may grow.
  const isPinned = (element) =>
    element && (/fixed|sticky/.test(getComputedStyle(element).position) || isPinned(element.parentElement));
  const place = () => {
    const above = [];
    for (const element of document.querySelectorAll("[id]")) {
      const { top, width, height } = element.getBoundingClientRect();
      if (top < 80 && (width || height)) above.push([top, element]);
    }
    above.sort(([a], [b]) => b - a);
    const near = [];
    for (const [top, element] of above) {
      if (near.length < 5 && !isPinned(element)) near.push([element.id, top]);
    }
    const open = Array.from(document.querySelectorAll("details"), (details) => details.open);
    return { near, open, x: scrollX, y: scrollY };
  };
  const goTo = ({ near, x, y }) => {
    const [id, top] = near.find(([id]) => document.getElementById(id)) ?? [];
    const moved = id ? document.getElementById(id).getBoundingClientRect().top - top : y - scrollY;
    scrollTo({ left: x, top: y ? scrollY + moved : 0, behavior: "instant" });
  };

  let restoring;
  const kept = recall("place");
  remember("place", null);
  if (kept) {
    const all = document.querySelectorAll("details");
    if (all.length === kept.place.open.length) all.forEach((details, at) => (details.open = kept.place.open[at]));
    goTo(kept.place);
    let isMoved = false;
    const hands = ["wheel", "touchstart", "keydown", "pointerdown"];
    for (const hand of hands) addEventListener(hand, () => (isMoved = true), { once: true, passive: true });
    addEventListener("load", () => {
      if (!isMoved) goTo(kept.place);
      // Not at once: the browser would still go where the reader was by its own count.
      restoring = setTimeout(() => (history.scrollRestoration = "auto"), 500);
    });
  }
  const reload = (change) => {
    close();
    clearTimeout(restoring);
    const here = kept?.change === "gone" ? kept.place : place();
    remember("place", { place: here, change, digest });
    history.scrollRestoration = "manual";
    location.reload();
  };

  // The new style sheet is loaded before the old one goes, so that the page is never without.
  const leaving = new WeakSet();
  const swap = (pairs) => {
    let isFound = false;
    for (const [from, to] of pairs) {
      for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
        if (leaving.has(old) || new URL(old.href).pathname !== new URL(from, location).pathname) continue;
        leaving.add(old);
        const link = old.cloneNode();
        link.href = to;
        link.onload = () => old.remove();
        link.onerror = () => reload("content");
        old.after(link);
        isFound = true;
      }
    }
    if (!isFound) reload("content");
  };

  // A browser opens few connections to one server: pages that nobody sees do without theirs.
  let source, timer;
  let isFirst = true;
  const close = () => {
    source?.close();
    clearTimeout(timer);
  };
  const connectIn = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(connect, seconds * 1000);
  };
  const connect = () => {
    close();
    if (document.hidden) return;
    const url = new URL("events", script.src);
    url.search = new URLSearchParams({ page: location.pathname, digest });
    source = new EventSource(url);
    source.onmessage = ({ data }) => {
      connectIn(30);
      receive(JSON.parse(data));
    };
    source.addEventListener("beat", () => connectIn(30));
    source.onerror = () => {
      source.close();
      connectIn(1);
    };
  };
  // Most pages are good: what shows faults is fetched when there are some, or were on the page before.
  const show = async (state) => {
    if (!state.errors && !state.warnings && !recall("faults")) return;
    const overlay = await import(new URL("overlay.js", script.src));
    overlay.show(state);
  };
  const receive = ({ change, digest: now, styles, ...state }) => {
    show(state);
    // A page that reloading did not change is not reloaded again: something else has kept it.
    const isVain = isFirst && kept?.digest === digest;
    isFirst = false;
    if (change === "styles") swap(styles);
    if (change === "styles" || change === "nothing") digest = now;
    else if (!isVain) reload(change);
  };

  if (recall("faults")) import(new URL("overlay.js", script.src));
  document.addEventListener("visibilitychange", connect);
  addEventListener("pagehide", close);
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  connect();
})();
