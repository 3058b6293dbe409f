// The page for attacks: one request in JSON, whose answer has all that is shown.
import { $, chooseModel, detail, getJson, loadModels, percent, pictureUrl, showFacts, showPicture, showProblem, told } from "./common.js";

const MOST_BARS = 10;
const DEFAULT_ATTACK = "pgd";

let card = null;
let attacks = [];
let usualEpsilon = {};
let generators = [];
/** The uploaded file in base64. */
let uploaded = null;
let asked = 0;

const source = () => document.querySelector("input[name=source]:checked").value;
const attack = () => attacks.find((each) => each.name === $("attack").value);

function imageFields() {
  if (source() === "sample") {
    return { sample: document.querySelector("input[name=sample]:checked").value };
  }
  if (source() === "generate") {
    const generate = { model: $("generator").value, seed: Number($("image-seed").value) };
    if ($("generator-class").value !== "") {
      generate.class = $("generator-class").value;
    }
    return { generate };
  }
  if (uploaded === null) {
    throw new Error("Choose an image first, or drop one into the field");
  }
  return { image: uploaded };
}

/** Only what differs from the defaults is asked for. */
function optionFields() {
  const fields = {};
  for (const input of $("options").querySelectorAll("[data-option]")) {
    const value = input.type === "checkbox" ? input.checked : input.value.trim();
    if (value !== "" && String(value) !== input.dataset.default) {
      fields[input.dataset.option] = input.type === "number" ? Number(value) : value;
    }
  }
  return fields;
}

function body() {
  const fields = { ...imageFields(), attack: $("attack").value, ...optionFields() };
  for (const name of ["target", "label"]) {
    if ($(name).value !== "") {
      fields[name] = $(name).value;
    }
  }
  return fields;
}

async function run() {
  const mine = ++asked;
  showProblem("");
  $("result").setAttribute("aria-busy", "true");
  $("status").textContent = "Attacking";
  $("run").disabled = true;
  try {
    const answer = await fetch(card.links.attack, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body()),
    });
    if (!answer.ok) {
      throw new Error(await detail(answer));
    }
    const report = await answer.json();
    if (mine === asked) {
      show(report);
    }
  } catch (problem) {
    $("status").textContent = "";
    showProblem(told(problem));
  } finally {
    $("result").setAttribute("aria-busy", "false");
    $("run").disabled = false;
  }
}

function verdict({ before, after, rounded, target, succeeded, succeeded_rounded: kept }) {
  const undone = succeeded && !kept ? ", but rounding to 8 bits undoes it" : "";
  if (!succeeded) {
    const stays = before.index === after.index ? `It stays ${after.class}` : `It is taken for ${after.class}`;
    return `Withstood. ${stays}${target === null ? "" : `, not ${target.class}`}.`;
  }
  return before.index === after.index
    ? `${before.class} was no right answer to begin with.`
    : `${before.class} is now taken for ${after.class}${undone}${rounded.index !== after.index ? ` (${rounded.class})` : ""}.`;
}

function show(report) {
  const { before, after, rounded, images } = report;
  $("status").textContent = "";
  $("verdict").textContent = verdict(report);
  for (const name of ["original", "delta", "perturbed"]) {
    showPicture($(name), images[name]);
  }
  $("delta-title").textContent = `change × ${Number(images.delta_factor.toPrecision(3))}`;
  $("perturbed-title").textContent = `after ${report.attack}`;
  $("original-says").textContent = `${before.class} ${percent(before.probability)}`;
  $("delta-says").textContent = `L∞ ${(255 * after.linf).toFixed(2)}/255, L2 ${after.l2.toPrecision(3)}`;
  $("perturbed-says").textContent = `${after.class} ${percent(after.probability)}`;
  showBars(report);
  const yes = (flag) => (flag ? "yes" : "no");
  showFacts($("facts").querySelector("dl"), {
    "Leaves the true class": `${yes(after.leaves_label)} (${report.label.class}${report.label.given ? "" : ", as predicted"})`,
    "Leaves the prediction": yes(after.leaves_prediction),
    "Reaches the target": report.target && `${yes(after.reaches_target)} (${report.target.class})`,
    "At 8 bits": `${rounded.class} ${percent(rounded.probability)}, ${report.succeeded_rounded ? "succeeds" : "does not succeed"}`,
    "L∞": `${(255 * after.linf).toFixed(2)}/255`,
    L2: after.l2.toPrecision(4),
    Gradients: report.gradient_evaluations,
    Queries: report.queries,
    Warning: report.zero_gradient ? "the gradient was zero throughout: robustness says nothing" : "",
    Goal: report.goal,
    Options: Object.entries(report.options).map(([name, value]) => `${name} ${value}`).join(", "),
  });
  URL.revokeObjectURL($("figure").href);
  $("figure").href = pictureUrl(images.figure);
  $("figure").download = `${report.model}-${report.attack}.png`;
  $("result").hidden = false;
  $("facts").hidden = false;
}

/** The classes that are likeliest before or after. */
function showBars({ before, after, classes }) {
  const likely = classes
    .map((name, k) => ({ name, parts: { before: before.probabilities[k], after: after.probabilities[k] }, k }))
    .sort((a, b) => Math.max(...Object.values(b.parts)) - Math.max(...Object.values(a.parts)))
    .slice(0, MOST_BARS)
    .sort((a, b) => a.k - b.k);
  $("bars").replaceChildren(...likely.map(({ name, parts }) => {
    const row = document.createElement("li");
    const shown = (className, text = "") => {
      const element = document.createElement("span");
      element.className = className;
      element.textContent = text;
      row.append(element);
      return element;
    };
    shown("name", name);
    for (const [when, part] of Object.entries(parts)) {
      const bar = document.createElement("span");
      bar.className = `bar ${when}`;
      bar.style.setProperty("--part", `${Math.max(0.4, 100 * part)}%`);
      shown("track").append(bar);
      shown("value", percent(part)).setAttribute("aria-label", `${when} ${percent(part)}`);
    }
    return row;
  }));
}

function showSource() {
  $("samples").hidden = source() !== "sample";
  $("generate").hidden = source() !== "generate";
  $("upload").hidden = source() !== "upload";
}

function showSamples(samples) {
  $("samples").replaceChildren(...samples.map((sample, i) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "sample", value: sample.name });
    input.checked = sample.name === "ship-1" || i === 0;
    input.setAttribute("aria-label", sample.name);
    label.title = `${sample.class}, made by ${sample.model} from seed ${sample.seed}`;
    label.append(input, Object.assign(document.createElement("img"), { src: sample.href, alt: "" }));
    return label;
  }));
}

async function showGenerator() {
  const { labels } = await getJson(`/v1/models/${encodeURIComponent($("generator").value)}`);
  $("generator-class-field").hidden = labels.length === 0;
  $("generator-class").replaceChildren(new Option("random", ""), ...labels.map((name) => new Option(name, name)));
}

function optionInput(option) {
  if (option.type === "choice") {
    const select = document.createElement("select");
    select.append(...option.values.map((value) => new Option(value, value)));
    select.value = option.default;
    return select;
  }
  const input = document.createElement("input");
  input.type = { integer: "number", flag: "checkbox" }[option.type] ?? "text";
  if (option.type === "flag") {
    input.checked = option.default === "true";
  } else {
    input.value = option.default ?? "";
    input.placeholder = option.name === "epsilon" ? "8/255" : "auto";
  }
  if (option.type === "integer") {
    input.min = 1;
    input.step = 1;
    input.required = true;
  }
  return input;
}

function showAttack() {
  const { description, options } = attack();
  $("attack-hint").textContent = description;
  $("options").replaceChildren(...options.map((option) => {
    const label = document.createElement("label");
    label.className = "field";
    const name = document.createElement("span");
    name.textContent = option.name.replace("_", " ");
    const input = optionInput(option);
    input.dataset.option = option.name;
    input.dataset.default = option.default ?? "";
    label.append(name, input);
    return label;
  }));
  showUsualEpsilon();
  $("target").options[0].textContent = attack().target === "none" ? "any other class" : attack().target;
}

/** What ε is where none is given depends on the norm. */
function showUsualEpsilon() {
  const epsilon = $("options").querySelector("[data-option=epsilon]");
  if (epsilon !== null) {
    const norm = $("options").querySelector("[data-option=norm]").value;
    epsilon.placeholder = `${Math.round(255 * usualEpsilon[norm])}/255`;
  }
}

function showModel() {
  const classes = () => card.labels.map((name) => new Option(name, name));
  $("title").textContent = card.title;
  $("label").replaceChildren(new Option("as predicted", ""), ...classes());
  $("target").replaceChildren(
    new Option("", ""), new Option("none", "none"), new Option("next class", "next"),
    new Option("least likely class", "least-likely"), ...classes(),
  );
  $("upload-hint").textContent = `Its middle is taken, at ${card.image.width} × ${card.image.height} pixels`;
  showAttack();
}

async function takeFile(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  uploaded = url.slice(url.indexOf(",") + 1);
  URL.revokeObjectURL($("dropped").src);
  $("dropped").src = URL.createObjectURL(file);
  $("dropped").hidden = false;
  $("drop-text").textContent = file.name;
}

async function open() {
  card = await getJson(`/v1/models/${encodeURIComponent($("model").value)}`);
  history.replaceState(null, "", `?${new URLSearchParams({ model: card.name })}`);
  showModel();
  $("controls").hidden = false;
  await run();
}

function listen() {
  const guarded = (action) => (event) => Promise.resolve(action(event)).catch((problem) => showProblem(told(problem)));
  $("controls").addEventListener("submit", guarded((event) => {
    event.preventDefault();
    return run();
  }));
  $("sources").addEventListener("change", showSource);
  $("model").addEventListener("change", guarded(open));
  $("attack").addEventListener("change", showAttack);
  $("options").addEventListener("change", showUsualEpsilon);
  $("generator").addEventListener("change", guarded(showGenerator));
  $("file").addEventListener("change", guarded(() => $("file").files.length > 0 && takeFile($("file").files[0])));
  $("retry").addEventListener("click", guarded(() => (card === null ? start() : run())));
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    $("drop").addEventListener(name, guarded((event) => {
      event.preventDefault();
      $("drop").classList.toggle("over", over);
      return name === "drop" && event.dataTransfer.files.length > 0 ? takeFile(event.dataTransfer.files[0]) : null;
    }));
  }
}

async function start() {
  showProblem("");
  try {
    const [models, listed, { samples }] = await Promise.all([loadModels(), getJson("/v1/attacks"), getJson("/v1/samples")]);
    attacks = listed.attacks;
    usualEpsilon = listed.usual_epsilon;
    generators = models.generators;
    $("attack").replaceChildren(...attacks.map((each) => new Option(each.name, each.name)));
    $("attack").value = DEFAULT_ATTACK;
    $("generator").replaceChildren(...generators.map((each) => new Option(each.name, each.name)));
    $("generate-choice").hidden = generators.length === 0;
    showSamples(samples);
    showSource();
    chooseModel(models.classifiers);
    await Promise.all([generators.length > 0 ? showGenerator() : null, open()]);
  } catch (problem) {
    $("status").textContent = "";
    showProblem(told(problem));
  }
}

listen();
start();
