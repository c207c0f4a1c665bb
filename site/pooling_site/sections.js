// The button that prints the chapter on one page, alone.
(() => {
  const root = document.documentElement;
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".print-this button")?.addEventListener("click", () => {
      root.dataset.print = "one-page";
      print();
    });
  });
  addEventListener("afterprint", () => delete root.dataset.print);
})();
