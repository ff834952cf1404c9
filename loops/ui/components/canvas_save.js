// Save what is seen, made by the reader's own browser: nothing is sent anywhere.

const SCALE = 3; // dots of the picture for each unit of the drawing
const LARGEST = 12_000; // dots along a side that every browser can still draw

// The drawing as a file of its own: what the style sheet hides, fades and thickens is written into it.
function asFile(canvas) {
  const copy = canvas.svg.cloneNode(true);
  const copies = [...copy.querySelectorAll("*")];
  const drawn = [...canvas.svg.querySelectorAll("*")];
  canvas.svg.classList.add("still"); // what is still fading or growing is saved as it will be
  copies.forEach((element, place) => write(element, getComputedStyle(drawn[place])));
  const unseen = copies.filter((_, place) => isUnseen(drawn[place], getComputedStyle(drawn[place])));
  canvas.svg.classList.remove("still");
  for (const element of unseen) element.remove();
  for (const name of ["style", "role", "aria-label", "class"]) copy.removeAttribute(name);
  const { width, height } = canvas.seen;
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return new XMLSerializer().serializeToString(copy);
}

function write(element, style) {
  const plain = { opacity: "1", stroke: "none", "stroke-width": "1px" };
  for (const [name, usual] of Object.entries(plain)) {
    const value = style.getPropertyValue(name);
    if (value !== usual || element.hasAttribute(name)) element.setAttribute(name, value);
  }
  for (const name of ["tabindex", "role", "aria-pressed"]) element.removeAttribute(name);
}

const isUnseen = (element, style) =>
  style.display === "none" || style.visibility === "hidden" || element.matches(".link .hit, .aids *");

function saveDrawing(canvas) {
  save(canvas, new Blob([asFile(canvas)], { type: "image/svg+xml" }), "svg");
}

async function savePicture(canvas) {
  const { width, height } = canvas.seen;
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([asFile(canvas)], { type: "image/svg+xml" }));
  picture.src = address;
  await picture.decode();
  const paper = document.createElement("canvas");
  paper.width = Math.round(width * scale);
  paper.height = Math.round(height * scale);
  const pen = paper.getContext("2d");
  pen.fillStyle = canvas.data.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(picture, 0, 0, paper.width, paper.height);
  URL.revokeObjectURL(address);
  paper.toBlob((blob) => save(canvas, blob, "png"), "image/png");
}

function save(canvas, blob, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${canvas.data.file}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
