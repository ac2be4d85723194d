// Says that a file is being worked on, and sends its form once. Without it the form still works.
const forms = document.querySelectorAll("form[data-waiting]");
const notes = new Map();
let isSent = false;

function setSent(sent) {
  isSent = sent;
  for (const form of forms) {
    // Not "disabled": who pressed the button by keyboard would lose their place on the page.
    form.querySelector("[type=submit]").setAttribute("aria-disabled", sent);
    if (!sent) notes.get(form).replaceChildren();
  }
}

for (const form of forms) {
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  notes.set(form, note);
  form.append(note);
  form.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    setSent(true);
    const bar = document.createElement("progress");
    bar.setAttribute("aria-hidden", "true"); // the words say it
    note.append(form.dataset.waiting, document.createElement("br"), bar);
  });
}

// Back from the next page: the form may be sent again.
window.addEventListener("pageshow", (event) => event.persisted && setSent(false));
