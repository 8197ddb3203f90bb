// Sets the colour scheme before the first paint; the page works without any of this.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const name = (dark) => (dark ? "dark" : "light");
  const recall = () => {
    try {
      return localStorage.getItem("fb-scheme");
    } catch {
      return null;
    }
  };
  const remember = (scheme) => {
    try {
      if (scheme) localStorage.setItem("fb-scheme", scheme);
      else localStorage.removeItem("fb-scheme");
    } catch {
      // Storage is switched off: the choice holds for this page.
    }
  };
  const apply = (scheme) => {
    if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  apply(recall());

  const wireScheme = () => {
    const button = document.getElementById("fb-scheme");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const scheme = name(!isDark());
      const chosen = scheme === name(system.matches) ? null : scheme;
      remember(chosen);
      apply(chosen);
      show();
    });
    system.addEventListener("change", show);
    addEventListener("storage", (event) => {
      if (event.key !== "fb-scheme") return;
      apply(event.newValue);
      show();
    });
    show();
    button.hidden = false;
  };

  // Browsers that cannot show a closed <details> by style get it opened where there is room.
  const unfold = () => {
    if (CSS.supports("selector(::details-content)")) return;
    for (const details of document.querySelectorAll("details.fb-unfold")) {
      const width = details.closest(".fb-toc") ? "76rem" : "60rem";
      const room = matchMedia(`(min-width: ${width})`);
      const follow = () => (details.open = room.matches);
      room.addEventListener("change", follow);
      follow();
    }
  };

  // Marks in the contents the heading that is being read.
  const followHeadings = () => {
    const links = new Map();
    for (const link of document.querySelectorAll(".fb-toc a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (!links.size) return;
    let current = null;
    const mark = () => {
      let link = null;
      for (const [heading, candidate] of links) {
        if (link && heading.getBoundingClientRect().top > innerHeight / 4) break;
        link = candidate;
      }
      if (link === current) return;
      current?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      current = link;
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    for (const heading of links.keys()) observer.observe(heading);
    mark();
  };

  document.addEventListener("DOMContentLoaded", () => {
    wireScheme();
    unfold();
    followHeadings();
  });
})();
