// Probabilities on demand, and sliders that hide what is less sure. Nothing is hung elsewhere: a card that is hidden
// while something hangs on it leaves its empty place, and a card whose relation is hidden says so.

function readSureness(map) {
  const known = map.graph.components.some((c) => c.probability !== null);
  map.part("sureness").hidden = !known;
  map.least = { component: 0, relation: 0 };
  map.unsure = (part) => (part.probability ?? 1) < (part.source ? map.least.relation : map.least.component);
}

function applySureness(map) {
  for (const node of [...map.nodes].reverse()) {
    const hidden = node.statements.every(map.unsure);
    node.away = hidden && node.children.every((child) => child.away);
    node.ghost = hidden && !node.away;
  }
  for (const node of map.nodes) markUnsure(map, node);
  for (const line of map.root.querySelectorAll(".am-prose .am-under")) {
    line.classList.toggle("am-gone", map.unsure(map.components.get(line.dataset.id)));
  }
  for (const segment of map.root.querySelectorAll(".am-seg")) {
    segment.classList.toggle("am-plain", surest(map, segment) === null);
  }
  search(map);
  tellWhatIsLeft(map);
  refreshTree(map);
  relight(map);
}

function markUnsure(map, node) {
  const isUnlinked = node.relation !== null && (map.unsure(node.relation) || node.parent.ghost || node.ghost);
  node.card.classList.toggle("am-unlinked", isUnlinked);
  const why = node.card.querySelector(".am-why");
  if (node.ghost) why.textContent = "hidden, not sure enough";
  else if (isUnlinked) why.textContent = node.parent.ghost ? "· target hidden" : "· relation hidden";
  else why.textContent = node.isDetached ? "· detached: what it bears on is unsure" : "";
  for (const line of node.card.querySelectorAll(".am-statement")) {
    line.classList.toggle("am-gone", map.unsure(map.components.get(line.dataset.id)));
  }
  for (const line of node.card.querySelectorAll(".am-aside")) {
    const relation = node.aside.find((r) => r.id === line.dataset.relation);
    line.classList.toggle("am-gone", node.ghost || map.unsure(relation));
  }
}

function tellWhatIsLeft(map) {
  const { components, relations } = map.graph;
  const surer = components.filter((c) => !map.unsure(c));
  const ids = new Set(surer.map((c) => c.id));
  const tied = relations.filter((r) => !map.unsure(r) && ids.has(r.source) && ids.has(r.target));
  map.part("left").textContent =
    `${surer.length} of ${countOf(components.length, "component")} and ` +
    `${tied.length} of ${countOf(relations.length, "relation")} shown.`;
}

function listenForSureness(map) {
  map.on(map.part("showp"), "change", (event) => {
    map.root.classList.toggle("am-with-p", event.target.checked);
    layOut(map);
  });
  for (const kind of ["component", "relation"]) {
    map.on(map.part(`${kind}-slider`), "input", (event) => {
      map.least[kind] = event.target.value / 100;
      map.part(`least-${kind}`).textContent = `${event.target.value}%`;
      applySureness(map);
    });
  }
}
