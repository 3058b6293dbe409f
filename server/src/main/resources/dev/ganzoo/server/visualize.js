// The page for visualisations: a stream of events tells how the search goes, and its last one what was found.
import { $, chooseModel, detail, getJson, loadModels, showFacts, showPicture, showProblem, told } from "./common.js";

const PREVIEWS = 25;

let card = null;
let layers = [];
let presets = [];
/** Where the search that runs can be ended, or null. */
let cancelAt = null;
let curve = [];

const what = () => document.querySelector("input[name=what]:checked").value;

function body() {
  const steps = Number($("steps").value);
  const fields = {
    preset: $("preset").value,
    steps,
    seed: Number($("seed").value),
    preview_every: Math.max(1, Math.floor(steps / PREVIEWS)),
  };
  if (what() === "layer") {
    return { ...fields, layer: $("layer").value, channels: $("channels").value.trim() };
  }
  const chosen = Array.from($("classes").querySelectorAll("input:checked"), (input) => input.value);
  return { ...fields, classes: chosen.length === 0 ? "all" : chosen };
}

/** Calls back for each event of a stream, in order. */
async function readEvents(answer, heard) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const [name, data] = event.split("\n");
      heard(name.slice("event: ".length), JSON.parse(data.slice("data: ".length)));
    }
  }
}

async function run() {
  showProblem("");
  running(true);
  curve = [];
  $("status").textContent = "Waiting for a turn";
  let ended = false;
  try {
    const answer = await fetch(card.links.visualize, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(body()),
    });
    if (!answer.ok) {
      throw new Error(await detail(answer));
    }
    await readEvents(answer, (name, data) => {
      ended = ended || name === "done" || name === "problem";
      hear(name, data);
    });
    if (!ended) {
      throw new Error("the server ended the search without a result");
    }
  } catch (problem) {
    $("status").textContent = "";
    showProblem(told(problem));
  } finally {
    running(false);
  }
}

function hear(name, data) {
  if (name === "start") {
    cancelAt = data.cancel;
    $("progress").max = data.total;
    $("cancel").disabled = false;
    $("downloads").hidden = true;
    showFacts($("facts").querySelector("dl"), {});
    $("facts").hidden = false;
  } else if (name === "progress") {
    $("progress").value = data.step;
    $("status").textContent = `Step ${data.step} of ${data.total}, mean objective ${data.objective.toPrecision(4)}`;
    curve.push([data.step, data.objective]);
    showCurve();
    if (data.preview) {
      showPicture($("picture"), data.preview);
      $("picture").hidden = false;
    }
  } else if (name === "done") {
    show(data);
  } else {
    $("status").textContent = "";
    showProblem(data.detail);
  }
}

function running(now) {
  $("run").disabled = now;
  $("cancel").hidden = !now;
  $("cancel").disabled = true;
  $("progress").hidden = !now;
  $("progress").value = 0;
}

async function cancel() {
  $("cancel").disabled = true;
  const answer = await fetch(cancelAt, { method: "DELETE" });
  // It may just have ended.
  if (!answer.ok && answer.status !== 404) {
    throw new Error(await detail(answer));
  }
}

const ENDS = { complete: "", cancelled: ", stopped", "time-limit": ", as far as the time allows", stopping: ", as the server stops" };

function show(found) {
  showPicture($("picture"), found.grid);
  $("picture").hidden = false;
  $("status").textContent = `${found.images.length} ${found.images.length === 1 ? "image" : "images"} after ${found.steps} steps${ENDS[found.end] ?? ""}`;
  const best = [...found.images].sort((a, b) => b.objective - a.objective);
  const dead = found.images.filter((image) => image.without_gradient).map((image) => image.title);
  showFacts($("facts").querySelector("dl"), {
    Highest: `${best[0].title} ${best[0].objective.toPrecision(4)}`,
    Lowest: best.length > 1 ? `${best.at(-1).title} ${best.at(-1).objective.toPrecision(4)}` : "",
    "Never had a gradient": dead.join(", "),
    Settings: Object.entries(found.settings).map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`).join(", "),
  });
  $("png").href = found.links.png;
  $("gif").href = found.links.gif;
  $("png").download = `${found.model}.png`;
  $("gif").download = `${found.model}.gif`;
  $("downloads").hidden = false;
}

function showCurve() {
  const values = curve.map(([, objective]) => objective);
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const last = curve.at(-1)[0];
  const points = curve.map(([step, objective]) => `${(200 * step) / last},${78 - (76 * (objective - least)) / range}`);
  $("curve").firstElementChild.setAttribute("points", points.join(" "));
}

function showWhat() {
  $("of-classes").hidden = what() !== "classes";
  $("of-layer").hidden = what() !== "layer";
  $("channels").disabled = what() !== "layer";
}

function showLayer() {
  const layer = layers.find((each) => each.name === $("layer").value);
  if (layer) {
    const last = layer.shape[0] - 1;
    $("channels-hint").textContent = `0 to ${last}: as in 0-15,32 or all; at most ${card.limits.images} at a time`;
    $("channels").value = `0-${Math.min(15, last)}`;
  }
}

function showPreset() {
  $("preset-hint").textContent = presets.find((each) => each.name === $("preset").value).description;
}

async function open() {
  const model = `/v1/models/${encodeURIComponent($("model").value)}`;
  [card, { layers }] = await Promise.all([getJson(model), getJson(`${model}/layers`)]);
  history.replaceState(null, "", `?${new URLSearchParams({ model: card.name })}`);
  $("title").textContent = card.title;
  $("classes").replaceChildren(...card.labels.map((name) => {
    const label = document.createElement("label");
    const shown = document.createElement("span");
    shown.textContent = name;
    label.append(Object.assign(document.createElement("input"), { type: "checkbox", value: name }), shown);
    return label;
  }));
  $("layer").replaceChildren(...layers.map((layer) => new Option(`${layer.name} (${layer.shape.join(" × ")})`, layer.name)));
  $("layers-choice").hidden = layers.length === 0;
  showLayer();
  showWhat();
  $("status").textContent = "Choose what to see";
  $("controls").hidden = false;
}

function listen() {
  const guarded = (action) => (event) => Promise.resolve(action(event)).catch((problem) => showProblem(told(problem)));
  $("controls").addEventListener("submit", guarded((event) => {
    event.preventDefault();
    return run();
  }));
  $("cancel").addEventListener("click", guarded(cancel));
  $("model").addEventListener("change", guarded(open));
  $("layer").addEventListener("change", showLayer);
  $("preset").addEventListener("change", showPreset);
  document.querySelectorAll("input[name=what]").forEach((input) => input.addEventListener("change", showWhat));
  $("retry").addEventListener("click", guarded(() => (card === null ? start() : run())));
}

async function start() {
  showProblem("");
  try {
    const [models, listed] = await Promise.all([loadModels(), getJson("/v1/presets")]);
    presets = listed.presets;
    $("preset").replaceChildren(...presets.map((each) => new Option(each.name, each.name)));
    $("preset").value = "modern";
    showPreset();
    chooseModel(models.classifiers);
    await open();
  } catch (problem) {
    $("status").textContent = "";
    showProblem(told(problem));
  }
}

listen();
start();
