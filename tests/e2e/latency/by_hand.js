// What a person would write by hand for this one screen: it looks the same and keeps the same.
const record = JSON.parse(document.getElementById("record").textContent);
const saved = document.getElementById("saved");
let database;
indexedDB.deleteDatabase("by-hand");
const request = indexedDB.open("by-hand");
request.onupgradeneeded = () => request.result.createObjectStore("drafts");
request.onsuccess = () => (database = request.result);

function save() {
  saved.className = "saved";
  saved.textContent = "Đang lưu…";
  const transaction = database.transaction("drafts", "readwrite");
  transaction.objectStore("drafts").put(JSON.stringify(record), record.root);
  transaction.oncomplete = () => {
    const time = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
    saved.className = "saved done";
    saved.textContent = `Đã lưu lúc ${time} trên máy này`;
  };
}

for (const input of document.querySelectorAll(".rating input")) {
  input.addEventListener("change", () => {
    // Trying a form out keeps nothing.
    if (record === null) return;
    record.answers[input.name] = input.id.split("-").pop();
    record.changed = Math.floor(Date.now() / 1000);
    record.saves += 1;
    save();
  });
}
