/* The map beside the list: points that the page holds already. Without it, or without tiles, the list says the same. */
const box = document.querySelector("#map");
const points = JSON.parse(document.querySelector("#points")?.textContent ?? "[]");

function pin(number) {
  return window.L.divIcon({ className: "referral-pin", html: String(number), iconSize: [34, 34] });
}

function draw() {
  box.hidden = false;
  const map = window.L.map(box, { scrollWheelZoom: false });
  window.L.tileLayer(box.dataset.url, { attribution: box.dataset.credit, maxZoom: 19 }).addTo(map);
  points.forEach(([latitude, longitude, name, url], at) => {
    const link = Object.assign(document.createElement("a"), { href: url, textContent: name });
    window.L.marker([latitude, longitude], { icon: pin(at + 1), title: name, alt: name }).addTo(map).bindPopup(link);
  });
  map.fitBounds(points.map(([latitude, longitude]) => [latitude, longitude]), { maxZoom: 14, padding: [30, 30] });
}

if (box && window.L && points.length) draw();
