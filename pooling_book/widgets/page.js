// Brings the widgets of a built page to life, without a kernel and without a network.
// A classic script, since a module fails on file://. page.py puts the front ends and the kit in its place.
(() => {
  /* PARTS */

  const { alone, showAlone, enlivenNear } = need("kit/host.js");
  const one = alone();
  if (one) showAlone(one);
  const hosts = one ? [one] : document.querySelectorAll(".pool-widget");
  enlivenNear(hosts, (kind) => need(`${kind}/${kind}.js`).default);
  document.querySelectorAll(".pool-memory").forEach(need("kit/erase.js").offerErasing);
})();
