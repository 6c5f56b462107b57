/* table.js asks whether to offer facets by this name. */
var DATASETTE_ALLOW_FACET = document.currentScript.dataset.allow === "true";
