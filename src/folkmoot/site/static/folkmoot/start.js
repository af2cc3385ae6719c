// What do pages gain where scripts run? Everything works without this file.
const govuk = document.querySelector('link[rel="modulepreload"]');

document.body.classList.add("js-enabled", "govuk-frontend-supported");
// The address is in the page because static files carry a fingerprint in their names.
import(govuk.href).then((frontend) => frontend.initAll());
