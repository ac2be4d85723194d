// Gives the boxes that select2 draws the names of their fields; select2 leaves them nameless.
const PARTS = ".select2-selection--single, .select2-search__field, [role=textbox]";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) continue;
    const name = label.textContent.trim().replace(/:$/, "");
    for (const part of box.querySelectorAll(PARTS)) part.setAttribute("aria-label", name);
  }
}

// Asked on load, so that this stands behind Django's own call in jQuery's queue.
window.addEventListener("load", () => window.django?.jQuery?.(nameBoxes));
document.addEventListener("formset:added", () => setTimeout(nameBoxes));
