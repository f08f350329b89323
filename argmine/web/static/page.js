// The page of `argmine serve`: a piece goes to /v1/mine, its graph to /v1/map, the map into a frame that may do nothing
// but show it. The graph stays here; nothing is stored.

const at = (id) => document.getElementById(id);
const UNREACHABLE = "The server cannot be reached.";

let opened = null; // the file or example in the text field, as it was before the field changed its line ends
let shown = null; // the graph that the map shows, and the map

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const token = at("token")?.value;
  if (token) headers.Authorization = `Bearer ${token}`;
  const sent = fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return answered(await sent.catch(() => fail(UNREACHABLE)));
}

async function answered(response) {
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  const wait = response.headers.get("Retry-After");
  const place = problem.place ? ` (${problem.place})` : "";
  return fail(`${problem.message ?? `The server answered ${response.status}.`}${place}${wait ? `; again in ${wait} s` : ""}`);
}

function fail(message) {
  throw new Error(message);
}

// Runs one thing at a time, and shows what went wrong.
async function attempt(doing, act) {
  if (document.body.hasAttribute("aria-busy")) return;
  at("problem").textContent = "";
  at("status").textContent = doing;
  document.body.setAttribute("aria-busy", "true");
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  let told = "";
  try {
    told = (await act()) ?? "";
  } catch (error) {
    at("problem").textContent = error.message;
  }
  for (const button of document.querySelectorAll("button")) button.disabled = false;
  document.body.removeAttribute("aria-busy");
  at("status").textContent = told;
}

async function mine() {
  const piece = opened ?? { text: at("text").value };
  if (!piece.text.trim()) fail("There is no text yet.");
  const graph = await (await post("v1/mine", piece)).json();
  const map = await (await post("v1/map", { graph })).text();
  shown = { graph, map };
  at("map").srcdoc = map;
  at("found").textContent = summary(graph);
  show(true);
}

function summary(graph) {
  const count = (type) => graph.components.filter((component) => component.type === type).length;
  const told = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  return [
    told(count("major_claim"), "major claim", "major claims"),
    told(count("claim"), "claim", "claims"),
    told(count("premise"), "premise", "premises"),
  ].join(", ");
}

function show(map) {
  at("result").hidden = !map;
  at("asking").hidden = map;
  document.body.classList.toggle("mapped", map);
  at(map ? "found" : "text").focus();
}

function hold(text, id) {
  opened = { text, id };
  at("text").value = text;
}

async function open(file) {
  const most = Number(document.body.dataset.mostBytes);
  if (file.size > most) fail(`${file.name} has ${file.size} bytes; ${most} are the most.`);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const bytes = await file.arrayBuffer().catch(() => fail(`${file.name} cannot be read.`));
  try {
    hold(decoder.decode(bytes), file.name.replace(/\.[^.]+$/, "") || "document");
  } catch {
    fail(`${file.name} is no text in UTF-8.`);
  }
  await mine();
}

async function openExample(name) {
  const response = await fetch(`examples/${name}.txt`).catch(() => fail(UNREACHABLE));
  hold(await (await answered(response)).text(), name);
  await mine();
}

async function save(form) {
  if (form === "html") {
    download(`${shown.graph.id}.html`, shown.map);
    return "";
  }
  const converted = await (await post("v1/convert", { graphs: [shown.graph], to: form })).json();
  for (const [name, content] of Object.entries(converted.files)) download(name, content);
  return converted.lost.length ? `${form} keeps no ${converted.lost.map((lost) => lost.what).join(", no ")}` : "";
}

function download(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

at("asking").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt("Looking for arguments …", mine);
});
at("text").addEventListener("input", () => {
  opened = null;
  at("example").value = "";
});
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("asking").requestSubmit();
});
at("file").addEventListener("change", () => {
  const [file] = at("file").files;
  if (file) attempt("Looking for arguments …", () => open(file));
  at("file").value = "";
});
at("example").addEventListener("change", () => {
  const name = at("example").value;
  if (name) attempt("Looking for arguments …", () => openExample(name));
});
at("save").addEventListener("click", () => attempt("Saving …", () => save(at("format").value)));
at("again").addEventListener("click", () => show(false));

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dragged");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dragged");
});
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dragged");
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) attempt("Looking for arguments …", () => open(file));
});
