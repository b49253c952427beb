// Small comforts; every page works without them.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copié";
  } catch {
    getSelection().selectAllChildren(source);
    button.textContent = "Sélectionné";
  }
  setTimeout(() => { button.textContent = "Copier"; }, 2500);
});

// Names that complete what is typed in the box « Personne ».
for (const input of document.querySelectorAll("input[data-names]")) {
  const list = document.getElementById(input.getAttribute("list"));
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      const answer = await fetch(`${input.dataset.names}?nom=${encodeURIComponent(input.value)}`);
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
    }, 150);
  });
}

// Empty boxes stay out of the permanent address.
for (const form of document.querySelectorAll("form[role=search]")) {
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("input[name], select[name]")) {
      if (!field.value) field.disabled = true;
    }
    setTimeout(() => form.querySelectorAll(":disabled").forEach((field) => { field.disabled = false; }));
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form :disabled").forEach((field) => { field.disabled = false; }));

// A phone gets the filters folded.
if (matchMedia("(max-width: 40rem)").matches) document.querySelectorAll("details.filters").forEach((d) => { d.open = false; });
