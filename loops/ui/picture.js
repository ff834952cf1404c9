// Put a drawing made in Python into the page. Its labels were escaped there.
export default function (component) {
  const { data, parentElement } = component;
  const place = parentElement.querySelector(".picture");
  place.innerHTML = data.svg;
  const drawing = place.querySelector("svg");
  drawing.style.width = "100%";
  drawing.style.minWidth = data.least + "px";
  drawing.style.maxHeight = data.most;
}
