// Brings the widgets of a built page to life, without a kernel and without a network.
// A classic script, since a module fails on file://. page.py puts the front ends and the kit in its place.
(() => {
  /* PARTS */

  const { alone, showAlone, enliven } = need("kit/host.js");
  const one = alone();
  if (one) showAlone(one);
  for (const host of one ? [one] : document.querySelectorAll(".pool-widget")) {
    enliven(host, need(`${host.dataset.widget}/${host.dataset.widget}.js`).default);
  }
})();
