// Answers everything that has choices, screen after screen, to the review.
const done = arguments[arguments.length - 1];
const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
// Chromium drops addresses beyond two hundred in ten seconds.
const A_SCREEN = 60;
async function until(holds, what) {
  for (let i = 0; !holds(); i++) {
    if (i === 2000) throw new Error(`${what}: ${location.hash}`);
    await pause();
  }
}
/** Which part, and which of its questions. How many there are may change with an answer. */
function place() {
  const [part, , question] = document.getElementById("place")?.textContent.match(/\d+/g) ?? [];
  return `${part} ${question}`;
}
(async () => {
  while (!location.hash.endsWith("/xem-lai")) {
    const screen = place();
    const inputs = [...document.querySelectorAll("main .choice input, main .rating input")];
    for (const name of new Set(inputs.map((input) => input.name))) {
      const choices = [...document.getElementsByName(name)];
      if (!choices.some((input) => input.checked)) choices[0].click();
      await pause();
    }
    await until(() => document.getElementById("next"), "there is no way on");
    document.getElementById("next").click();
    await until(() => place() !== screen, "it cannot be left");
    await pause(A_SCREEN);
  }
  done("filled");
})().catch((error) => done(String(error)));
