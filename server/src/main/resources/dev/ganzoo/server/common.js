// What the pages for classifiers share.

export const $ = (id) => document.getElementById(id);

export async function getJson(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(await detail(answer));
  }
  return answer.json();
}

/** What a problem document tells, or at least the status. */
export async function detail(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? `the server answered ${answer.status}`;
}

/** Shows a problem, or none for empty text. */
export function showProblem(text) {
  $("problem").hidden = text === "";
  $("problem").querySelector("p").textContent = text;
}

/** A message for people of whatever was thrown. */
export function told(problem) {
  return problem instanceof TypeError ? "the server does not answer" : problem.message;
}

/** Models that can be used, by their task; throws if there is no classifier. */
export async function loadModels() {
  const { models } = await getJson("/v1/models");
  const usable = (task) => models.filter((model) => model.state === "ready" && model.task === task);
  const classifiers = usable("classifier");
  if (classifiers.length === 0) {
    const why = models.filter((model) => model.problem).map((model) => `${model.name}: ${model.problem}`);
    throw new Error([
      "There is no classifier yet. Train one (./ganzoo train cifar10-classifier) and export it, or make a model package of an"
        + " ONNX file (./ganzoo export --onnx), put it into the folder that the server names when it starts, and start it again.",
      ...why,
    ].join(" "));
  }
  return { classifiers, generators: usable("generator") };
}

/** Fills the choice of models, and takes that of the address if there is one. */
export function chooseModel(classifiers) {
  $("model").replaceChildren(...classifiers.map((model) => new Option(model.name, model.name)));
  $("model-field").hidden = classifiers.length === 1;
  const wanted = new URLSearchParams(location.search).get("model");
  if (classifiers.some((model) => model.name === wanted)) {
    $("model").value = wanted;
  }
}

/** Shows a picture of base64 and forgets the one before. */
export function showPicture(image, base64) {
  const before = image.src;
  image.src = pictureUrl(base64);
  if (before.startsWith("blob:")) {
    URL.revokeObjectURL(before);
  }
}

export function pictureUrl(base64, type = "image/png") {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/** Shows names and values, leaving out empty ones. */
export function showFacts(list, facts) {
  list.replaceChildren(
    ...Object.entries(facts).filter(([, value]) => value !== "" && value != null).map(([name, value]) => {
      const entry = document.createElement("div");
      entry.append(document.createElement("dt"), document.createElement("dd"));
      entry.firstChild.textContent = name;
      entry.lastChild.textContent = value;
      return entry;
    }),
  );
}

export const percent = (part) => `${(100 * part).toFixed(1)} %`;
