// The page as it stands there: its styles, its elements, and the draft as it is stored.
const done = arguments[arguments.length - 1];
const copy = document.documentElement.cloneNode(true);
copy.querySelectorAll("script, link, meta[name^=worker]").forEach((element) => element.remove());
const inputs = document.querySelectorAll("input");
copy.querySelectorAll("input").forEach((input, i) => input.toggleAttribute("checked", inputs[i].checked));
const page = (record) =>
  done(`<!doctype html>${copy.outerHTML}<script type="application/json" id="record">${record}</script>`);
const request = indexedDB.open("phieu-xa");
request.onsuccess = () => {
  const drafts = request.result.transaction("drafts").objectStore("drafts").getAll();
  drafts.onsuccess = () => {
    request.result.close();
    page(drafts.result[0] ?? "null");
  };
};
