// Starts the program that the hosted page is opened for: who comes by a campaign's link answers, and
// waits for a program half as large as that of the desk. The build puts this text into index.html, and
// the names of the files for the words in capitals.

const CAMPAIGN = "#/dot/"; // src/browser/address.rs
const OPENED = "phieu-xa-campaign";

/** True where the page carries a campaign, by its address or since the tab was opened. */
function isForAnswering() {
  if (location.hash.startsWith(CAMPAIGN)) return true;
  try {
    return sessionStorage.getItem(OPENED) !== null;
  } catch {
    return false;
  }
}

/** JavaScript of the older kind, which leaves its one name to the page. */
function run(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
}

async function start() {
  if (isForAnswering()) {
    const wasm = fetch("KIT_WASM");
    await run("KIT_GLUE");
    return wasm_bindgen({ module_or_path: wasm });
  }
  const wasm = fetch("APP_WASM");
  const { default: init } = await import("APP_GLUE");
  return init({ module_or_path: wasm });
}

start().catch((error) => {
  console.error(error);
  document.getElementById("app").textContent =
    "Trang chưa mở được. Hãy tải lại trang khi có mạng, hoặc dùng trình duyệt mới hơn. · " +
    "This page could not be opened. Please load it again when there is a network, or use a newer browser.";
});
