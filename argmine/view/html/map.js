// A map: its data drawn into an `.am` element, and what its tools do.

const drawn = new WeakMap();

/** Draws data (page.py, `data_of`) into an element of the fragment; what it showed before is taken away. */
function argmineMap(root, data) {
  drawn.get(root)?.abort();
  const ending = new AbortController();
  drawn.set(root, ending);
  const map = {
    root,
    ...readData(data),
    part: (name) => root.querySelector(`.am-${name}`),
    on: (target, kind, listener) => target.addEventListener(kind, listener, { signal: ending.signal }),
    lit: { pointed: null, focused: null, kept: null },
    glowing: [],
    hits: [],
    spoken: null,
  };
  map.part("head").hidden = map.part("body").hidden = false;
  readSureness(map);
  tell(map);
  drawPiece(map);
  drawTree(map);
  setLayout(map, firstLayout(map));
  applySureness(map);
  const first = sure(map)[0];
  if (first) map.segments.get(first.id)[0].tabIndex = 0;
  for (const listen of [listenForPointing, listenForClicks, listenForSureness, listenForSearch, listenForKeys, listenForTools]) {
    listen(map);
  }
}

/** The title, the counts, and what one should know of this graph. */
function tell(map) {
  const { graph } = map;
  const counts = ["major_claim", "claim", "premise"]
    .map((type) => [graph.components.filter((c) => c.type === type).length, words(type)])
    .filter(([number]) => number);
  map.part("title").textContent = graph.id;
  map.part("count").textContent = counts.map(([number, word]) => countOf(number, word)).join(" · ");
  const notes = notesOf(map);
  map.part("notes").replaceChildren(...notes.map((note) => make("li", "", note)));
  map.part("notes").hidden = !notes.length;
}

function notesOf({ graph, aside }) {
  const notes = [...graph.warnings];
  if (graph.read !== null && graph.read < 1) notes.push(`${percent(graph.read)} of the text was read.`);
  if (aside.length) {
    notes.push(
      `These relations form no tree: a component has several targets, or they run in a circle. ` +
        `${countOf(aside.length, "relation")} more ${aside.length === 1 ? "is" : "are"} told on the card where ` +
        `${aside.length === 1 ? "it begins" : "they begin"}.`,
    );
  }
  return notes;
}

function setLayout(map, layout) {
  map.root.dataset.layout = layout;
  for (const choice of map.root.querySelectorAll(".am-layout")) choice.checked = choice.value === layout;
}

function listenForTools(map) {
  for (const choice of map.root.querySelectorAll(".am-layout")) {
    map.on(choice, "change", () => {
      setLayout(map, choice.value);
      refreshTree(map);
    });
  }
  map.on(map.part("foldall"), "click", () => {
    const folded = map.nodes.some((node) => node.folded);
    setFolded(map, map.nodes, !folded);
  });
  map.on(document, "pointerdown", (event) => {
    for (const open of map.root.querySelectorAll("details.am-pop[open]")) if (!open.contains(event.target)) open.open = false;
  });
  map.on(window, "resize", () => layOut(map));
  listenForTheme(map);
}

/** The switch between light and dark; until it is used, the system decides. */
function listenForTheme(map) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (map.root.dataset.theme ? map.root.dataset.theme === "dark" : system.matches);
  const show = () => map.part("theme").setAttribute("aria-pressed", String(isDark()));
  map.on(map.part("theme"), "click", () => {
    map.root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  map.on(system, "change", show);
  show();
}

globalThis.argmineMap = argmineMap;
for (const root of document.querySelectorAll(".am")) {
  argmineMap(root, JSON.parse(root.querySelector(".am-data").textContent));
}
