// The piece: its text unchanged, with its components underlined.

// Three lines or more within these lengths, all but a block's last, were broken by a program and not by a writer.
const BROKEN = [45, 100];

/** Draws the text. Each stretch that the same components cover is one `.am-seg`; `map.segments` has those of each. */
function drawPiece(map) {
  const { text, components } = map.graph;
  const units = unitsOf(text);
  const marks = components.map((c) => ({ component: c, start: units[c.start], end: units[c.end] }));
  setLanes(marks);
  map.segments = new Map(components.map((c) => [c.id, []]));
  const prose = map.part("prose");
  prose.replaceChildren(...paragraphsOf(text).map((span) => paragraph(map, text, span, marks)));
  if (!text.trim()) prose.append(make("p", "am-nothing", "The text is empty."));
}

/** Each mark's lane: the lowest that no mark has which it overlaps, so that underlines stand below each other. */
function setLanes(marks) {
  let open = [];
  for (const mark of marks) {
    open = open.filter((other) => other.end > mark.start);
    const taken = new Set(open.map((other) => other.lane));
    mark.lane = 0;
    while (taken.has(mark.lane)) mark.lane++;
    open.push(mark);
  }
}

/** Paragraphs as [start, end, flows]: lines, or blocks of lines that a program has broken, which flow. */
function paragraphsOf(text) {
  const found = [];
  let block = [];
  const close = () => {
    const broken = block.slice(0, -1).every(([a, b]) => b - a >= BROKEN[0] && b - a <= BROKEN[1]);
    if (block.length > 2 && broken) found.push([block[0][0], block.at(-1)[1], true]);
    else found.push(...block);
    block = [];
  };
  for (const line of text.matchAll(/[^\n\r\u2028\u2029]+/g)) {
    const gap = block.length ? text.slice(block.at(-1)[1], line.index) : "";
    if (gap.replaceAll("\r\n", "\n").length > 1 || !line[0].trim()) close();
    if (line[0].trim()) block.push([line.index, line.index + line[0].length]);
  }
  close();
  return found;
}

function paragraph(map, text, [start, end, flows], marks) {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const element = make("p", flows ? "am-flows" : "");
  element.dir = "auto";
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1], places[i]];
    const over = inside.filter((mark) => mark.start <= from && mark.end >= to);
    element.append(over.length ? segment(map, text.slice(from, to), over) : text.slice(from, to));
  }
  return element;
}

/** A stretch under marks, the shortest of which it belongs to first. */
function segment(map, text, over) {
  const element = make("span", "am-seg");
  const marks = [...over].sort((a, b) => a.end - a.start - (b.end - b.start));
  element.dataset.ids = JSON.stringify(marks.map((mark) => mark.component.id));
  let inner = element;
  for (const { component, lane } of marks) {
    const line = make("span", "am-under");
    line.dataset.type = component.type;
    line.dataset.lane = Math.min(lane, 4);
    line.dataset.id = component.id;
    inner.append(line);
    inner = line;
    if (!map.segments.get(component.id).length) makeTarget(element, component);
    map.segments.get(component.id).push(element);
  }
  inner.append(text);
  return element;
}

/** A component's first stretch takes the focus for it; one that is first for several is named after the shortest. */
function makeTarget(element, component) {
  if (element.hasAttribute("role")) return;
  element.setAttribute("role", "button");
  element.tabIndex = -1;
  element.setAttribute("aria-label", `${words(component.type)}: ${component.text}`);
}

const idsOf = (element) => JSON.parse(element.dataset.ids);
