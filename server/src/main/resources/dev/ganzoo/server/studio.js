// The page: what is chosen stands in its address, and each image has an address of its own that may be cached for ever.

const HINTS = {
  scaled: "Latents truncated at ±2, then multiplied by the value. Smaller is more typical, and less varied.",
  resampled: "Latents beyond ± the value are drawn again.",
  none: "Latents as in training.",
};
const RANDOM_SEEDS = 2 ** 32;
const DRAG_PAUSE_MS = 80;

const $ = (id) => document.getElementById(id);
const controls = $("controls");
const grid = $("grid");

/** The card of the model shown, as the server gives it. */
let card = null;
/** Counts views: what belongs to an older one than the latest is dropped. */
let view = 0;
let pause = 0;

async function getJson(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(await detail(answer));
  }
  return answer.json();
}

/** What a problem document tells, or at least the status. */
async function detail(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? `the server answered ${answer.status}`;
}

function showProblem(text) {
  $("problem").hidden = text === "";
  $("problem").querySelector("p").textContent = text;
}

function chosenClass() {
  return controls.querySelector("#classes input:checked")?.value ?? "random";
}

function truncation() {
  return $("method").value === "none" ? "none" : `${$("method").value}:${Number($("value").value)}`;
}

/** In a view of all classes each column is one, so rows are filled up. */
function imageCount() {
  const asked = Number($("count").value);
  return chosenClass() === "all" ? Math.ceil(asked / card.labels.length) * card.labels.length : asked;
}

function columnCount() {
  const auto = chosenClass() === "all" ? card.labels.length : Math.ceil(Math.sqrt(imageCount()));
  return Math.min($("columns").value === "" ? auto : Number($("columns").value), imageCount());
}

/** The class of image i, or null for one drawn by the seed. */
function classOf(i) {
  const chosen = chosenClass();
  if (chosen === "random") {
    return null;
  }
  return chosen === "all" ? card.labels[i % card.labels.length] : chosen.slice("class:".length);
}

function address(i) {
  const query = new URLSearchParams({ index: i, truncation: truncation(), revision: card.revision });
  if (classOf(i) !== null) {
    query.set("class", classOf(i));
  }
  return `/v1/models/${encodeURIComponent(card.name)}/samples/${$("seed").value}.png?${query}`;
}

function remember() {
  const state = new URLSearchParams({ model: card.name, class: chosenClass().replace(/^class:/, "") });
  for (const name of ["seed", "count", "columns"]) {
    if ($(name).value !== "") {
      state.set(name, $(name).value);
    }
  }
  state.set("truncation", truncation());
  history.replaceState(null, "", `?${state}`);
}

function show() {
  $("value-shown").textContent = $("method").value === "none" ? "" : Number($("value").value).toFixed(2);
  $("method-hint").textContent = HINTS[$("method").value];
  if (!controls.checkValidity()) {
    $("status").textContent = "A value is out of its range";
    return;
  }
  remember();
  showProblem("");
  loadImages();
}

/** Keeps the images that are shown until the new ones are there. */
function loadImages() {
  const mine = ++view;
  const count = imageCount();
  let loaded = 0;
  grid.style.setProperty("--columns", columnCount());
  grid.style.setProperty("--aspect", `${card.image.width} / ${card.image.height}`);
  grid.setAttribute("aria-busy", "true");
  while (grid.children.length > count) {
    grid.lastElementChild.remove();
  }
  while (grid.children.length < count) {
    const link = document.createElement("a");
    link.append(document.createElement("img"));
    grid.append(link);
  }
  const progress = () => {
    const done = loaded === count;
    $("status").textContent = done ? `${count} ${count === 1 ? "image" : "images"}` : `Loading, ${loaded} of ${count}`;
    grid.setAttribute("aria-busy", String(!done));
  };
  progress();
  Array.from(grid.children).forEach((link, i) => {
    const image = link.firstElementChild;
    link.href = address(i);
    link.classList.remove("failed");
    link.title = `${classOf(i) ?? "random class"}, seed ${$("seed").value}, sample ${i}`;
    image.alt = link.title;
    image.classList.add("loading");
    image.onload = () => {
      image.classList.remove("loading");
      if (mine === view) {
        loaded += 1;
        progress();
      }
    };
    image.onerror = () => mine === view && explain(link);
    image.src = link.href;
  });
}

/** An image does not tell why it failed; its address does. */
async function explain(link) {
  link.classList.add("failed");
  grid.setAttribute("aria-busy", "false");
  $("status").textContent = "Not all images came";
  try {
    const answer = await fetch(link.href);
    showProblem(answer.ok ? "an image did not come at first" : await detail(answer));
  } catch {
    showProblem("the server does not answer");
  }
}

async function download() {
  const chosen = chosenClass();
  const body = {
    count: imageCount(),
    columns: columnCount(),
    seed: Number($("seed").value),
    truncation: truncation(),
    scale: Math.max(1, Math.min(4, Math.floor(256 / card.image.width))),
  };
  if (chosen === "all") {
    body.classes = card.labels;
  } else if (chosen !== "random") {
    body.class = classOf(0);
  }
  $("download").disabled = true;
  try {
    const answer = await fetch(card.links.sample, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "image/png" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(await detail(answer));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `${card.name}-${chosen.replace(/^class:/, "")}-${$("seed").value}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (problem) {
    showProblem(problem.message);
  } finally {
    $("download").disabled = false;
  }
}

function addChip(value, text, checked) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "class", value, checked });
  const shown = document.createElement("span");
  shown.textContent = text;
  label.append(input, shown);
  $("classes").append(label);
}

function showClasses(wanted) {
  $("classes").replaceChildren();
  $("class-field").hidden = card.labels.length === 0;
  const known = card.labels.includes(wanted);
  const fallback = wanted === "all" && card.labels.length > 0 ? "all" : "random";
  addChip("random", "random", !known && fallback === "random");
  if (card.labels.length > 0) {
    addChip("all", "all", !known && fallback === "all");
  }
  card.labels.forEach((name) => addChip(`class:${name}`, name, name === wanted));
}

function showTruncation(text) {
  const [method, value] = /^[\d.]+$/.test(text) ? ["scaled", text] : text.split(":");
  $("method").value = method in HINTS ? method : "none";
  $("value").value = value ?? 0.8;
}

function measured({ metric, value, deviation }) {
  const digits = (number) => Number(number.toPrecision(4));
  return `${metric} ${digits(value)}${deviation ? ` ± ${digits(deviation)}` : ""}`;
}

/** What the protocols of all scores say alike. */
function protocol(qualities) {
  const shared = Object.entries(qualities[0]?.protocol ?? {}).filter(
    ([name, value]) => qualities.every((quality) => quality.protocol[name] === value));
  return shared.map(([name, value]) => `${name} ${value}`).join(", ");
}

function showCard() {
  const { image, latent, provenance } = card;
  const facts = {
    Dataset: card.dataset,
    Data: provenance.data,
    Images: `${image.width} × ${image.height}, ${image.channels === 1 ? "grey" : "colour"}`,
    Latent: `${latent.size} values, ${latent.distribution}`,
    Recipe: `${provenance.recipe}, step ${provenance.step.toLocaleString("en")}${provenance.ema ? ", moving average" : ""}`,
    Training: [provenance.hours ? `${provenance.hours.toFixed(1)} hours` : "", provenance.machine].filter(Boolean).join(" on "),
    Quality: card.quality.map(measured).join(", ") || "not measured",
    Protocol: protocol(card.quality),
    Version: `${card.version}, revision ${card.revision}`,
    Licence: card.licence,
  };
  $("title").textContent = card.title;
  document.title = `${card.name} in GanZoo`;
  $("card").hidden = false;
  $("card").querySelector("h2").textContent = card.name;
  $("description").textContent = card.description;
  $("card").querySelector("dl").replaceChildren(
    ...Object.entries(facts).filter(([, value]) => value).map(([name, value]) => {
      const entry = document.createElement("div");
      entry.append(document.createElement("dt"), document.createElement("dd"));
      entry.firstChild.textContent = name;
      entry.lastChild.textContent = value;
      return entry;
    }),
  );
}

/** Shows a model, with what the address says and the model's own defaults for the rest. */
async function open(name, state) {
  card = await getJson(`/v1/models/${encodeURIComponent(name)}`);
  $("count").max = Math.min(100, card.limits.count);
  $("count").value = state.get("count") ?? 16;
  $("columns").value = state.get("columns") ?? "";
  $("seed").value = state.get("seed") ?? 1;
  showClasses(state.get("class"));
  showTruncation(state.get("truncation") ?? card.truncation.recommended ?? card.truncation.default);
  showCard();
  controls.hidden = false;
  show();
}

function setSeed(seed) {
  $("seed").value = Math.max(0, seed);
  show();
}

function listen() {
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("input", (event) => {
    if (event.target === $("model")) {
      const state = new URLSearchParams(location.search);
      state.delete("class");
      state.delete("truncation");
      open($("model").value, state).catch((problem) => showProblem(problem.message));
      return;
    }
    if (event.target === $("value") && $("method").value === "none") {
      $("method").value = "scaled";
    }
    clearTimeout(pause);
    pause = setTimeout(show, event.target === $("value") ? DRAG_PAUSE_MS : 0);
    $("value-shown").textContent = Number($("value").value).toFixed(2);
  });
  $("previous").addEventListener("click", () => setSeed(Number($("seed").value) - 1));
  $("next").addEventListener("click", () => setSeed(Number($("seed").value) + 1));
  $("dice").addEventListener("click", () => setSeed(Math.floor(Math.random() * RANDOM_SEEDS)));
  $("retry").addEventListener("click", () => (card === null ? start() : show()));
  $("download").addEventListener("click", download);
}

async function start() {
  showProblem("");
  try {
    const { models } = await getJson("/v1/models");
    const usable = models.filter((model) => model.state === "ready" && model.task === "generator");
    if (usable.length === 0) {
      const why = models.filter((model) => model.problem).map((model) => `${model.name}: ${model.problem}`).join("; ");
      throw new Error(why || "There are no generators yet. Put a model package into the folder that the server names when it starts, and start it again.");
    }
    $("model").replaceChildren(...usable.map((model) => new Option(model.name, model.name)));
    $("model-field").hidden = usable.length === 1;
    const state = new URLSearchParams(location.search);
    const wanted = usable.some((model) => model.name === state.get("model")) ? state.get("model") : usable[0].name;
    $("model").value = wanted;
    await open(wanted, state);
  } catch (problem) {
    $("status").textContent = "";
    grid.setAttribute("aria-busy", "false");
    showProblem(problem.message);
  }
}

listen();
start();
