/* A photo is made small on the phone before it is sent: at most 1600 px long, as JPEG. Where the browser cannot,
   the photo goes as it is; the server makes it safe and smaller anyway. */
"use strict";

const LONGEST = 1600, LIGHT = 400_000, QUALITY = 0.85;
const atWork = new Map();

async function made(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= LIGHT) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const drawing = canvas.getContext("2d");
  drawing.fillStyle = "#fff";  // what is transparent in a PNG
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
}

async function shrink(input) {
  const file = input.files[0], note = document.querySelector("[data-shrunk]");
  note.hidden = true;
  try {
    const small = await made(file);
    if (small === file || input.files[0] !== file) return;
    const files = new DataTransfer();
    files.items.add(small);
    input.files = files.files;
    const size = (bytes) => `${Math.max(1, Math.round(bytes / 1000)).toLocaleString(document.documentElement.lang)} kB`;
    note.textContent = note.dataset.shrunk.replace("{before}", size(file.size)).replace("{after}", size(small.size));
    note.hidden = false;
  } catch {
    /* Not a picture this browser knows, or too large for it. */
  }
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-shrink]") || !input.files.length) return;
  const work = shrink(input).finally(() => { if (atWork.get(input.form) === work) atWork.delete(input.form); });
  atWork.set(input.form, work);
});

/* Sent before it was small: wait, then send. */
document.addEventListener("submit", (event) => {
  const work = atWork.get(event.target);
  if (!work) return;
  event.preventDefault();
  work.then(() => event.target.requestSubmit(event.submitter));
});
