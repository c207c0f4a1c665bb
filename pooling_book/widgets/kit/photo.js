// Images as planes of grey pixels, and a way for readers to use a photo of their own, which never leaves the browser.
import { h } from "./core.js";
import { button, choice } from "./controls.js";

const PHOTO_SIDE = 64; // the reader's photo becomes 64 x 64 grey pixels

// A plane from an image of a widget's state: {rows, columns, pixels: base64 of one byte each}.
export function decode({ rows, columns, pixels }) {
  return { rows, columns, values: Float64Array.from(atob(pixels), (byte) => byte.charCodeAt(0)) };
}

// A button that takes a photo; `el` takes one dropped on it, too. use(image) gets it as `decode` wants it,
// refuse(sentence) why it is none.
export function photoPicker(el, use, refuse) {
  const file = h("input", {
    type: "file",
    accept: "image/*",
    class: "pool-file",
    "aria-label": "Choose a photo",
    tabindex: "-1",
    onchange: () => take(file.files[0]),
  });
  const choose = button("Use my photo", () => {
    file.value = "";
    file.click();
  });
  for (const type of ["dragover", "drop"]) {
    el.addEventListener(type, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return; // a text dropped into a field is not ours
      event.preventDefault();
      const [photo] = event.dataTransfer.files; // there may be none
      if (type === "drop" && photo) take(photo);
    });
  }

  async function take(photo) {
    try {
      use(square(await createImageBitmap(photo)));
    } catch {
      refuse(`“${photo.name}” is not an image this browser can read; try a JPEG or a PNG`);
    }
  }
  return h("span", { class: "pool-photo" }, choose, file);
}

// The middle square of a picture, small and grey.
function square(bitmap) {
  const side = Math.min(bitmap.width, bitmap.height);
  const context = h("canvas", { width: PHOTO_SIDE, height: PHOTO_SIDE }).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // what is transparent is paper
  context.fillRect(0, 0, PHOTO_SIDE, PHOTO_SIDE);
  context.drawImage(
    bitmap,
    (bitmap.width - side) / 2,
    (bitmap.height - side) / 2,
    side,
    side,
    0,
    0,
    PHOTO_SIDE,
    PHOTO_SIDE,
  );
  const { data } = context.getImageData(0, 0, PHOTO_SIDE, PHOTO_SIDE);
  const grey = Array.from({ length: PHOTO_SIDE ** 2 }, (_, n) =>
    Math.round(0.299 * data[4 * n] + 0.587 * data[4 * n + 1] + 0.114 * data[4 * n + 2]),
  );
  return { rows: PHOTO_SIDE, columns: PHOTO_SIDE, pixels: btoa(String.fromCharCode(...grey)) };
}

// What is shown, as a menu and a button for a photo: the words `besides`, the state's images, and the reader's photo
// once there is one. also(): what changes with it. {menu, picker, show()}
export function photoField(state, el, { besides = [], also = () => ({}) } = {}) {
  const names = [...besides, ...Object.keys(state.get("images")), "photo"];
  const menu = choice(
    { onchange: () => state.set({ source: menu.value, ...also() }) },
    names.map((name) => [name, name === "photo" ? "your photo" : name]),
  );
  const own = menu.querySelector("[value=photo]");
  const picker = photoPicker(
    el,
    (photo) => state.set({ photo, source: "photo", ...also() }),
    (notice) => {
      state.set({ notice: "" }); // or the same refusal would not be heard twice
      state.set({ notice });
    },
  );
  const show = () => {
    own.hidden = own.disabled = !state.get("photo");
    menu.value = state.get("source");
  };
  return { menu, picker, show };
}

// The plane of a state: its photo, or the image that its source names.
export const planeOf = ({ source, photo, images }) => decode(source === "photo" ? photo : images[source]);
