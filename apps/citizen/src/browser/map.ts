import 'leaflet/dist/leaflet.css';
import { CircleMarker, GeoJSON, Map as LeafletMap } from 'leaflet';

/** The wards' outlines, without a picture of streets behind them: nothing is asked of any other server. */
export async function openMap(
  element: HTMLElement,
  here: HTMLElement,
  city: string,
  chosen: (lat: number, lon: number) => void,
): Promise<{ mark(lat: number, lon: number): void; unmark(): void }> {
  const response = await fetch(`/lodge/wards.json?city=${encodeURIComponent(city)}`);
  if (!response.ok) throw new Error(`wards: ${response.status}`);
  const wards = (await response.json()) as ConstructorParameters<typeof GeoJSON>[0];
  const map = new LeafletMap(element, { attributionControl: false, zoomSnap: 0.5 });
  const style = getComputedStyle(document.documentElement);
  const accent = style.getPropertyValue('--pk-accent').trim() || '#0b5f58';
  const layer = new GeoJSON(wards, {
    style: { color: accent, weight: 1.2, fillColor: accent, fillOpacity: 0.06 },
    onEachFeature: (feature, shape) => {
      const ward = (feature.properties as { ward?: string } | null)?.ward ?? '';
      shape.bindTooltip(ward, { permanent: true, direction: 'center', className: 'ward-name' });
    },
  }).addTo(map);
  map.fitBounds(layer.getBounds());
  let marker: CircleMarker | null = null;
  const mark = (lat: number, lon: number) => {
    marker?.remove();
    marker = new CircleMarker([lat, lon], {
      radius: 9,
      color: '#fff',
      weight: 3,
      fillColor: '#a3211a',
      fillOpacity: 1,
    });
    marker.addTo(map);
    if (!map.getBounds().contains([lat, lon]) || map.getZoom() < 14)
      map.setView([lat, lon], Math.max(map.getZoom(), 14));
  };
  map.on('click', ({ latlng }) => chosen(latlng.lat, latlng.lng));
  // Numbers of wards are legible only from near.
  const names = () => element.classList.toggle('far', map.getZoom() < 13);
  map.on('zoomend', names);
  names();
  here.addEventListener('click', () => {
    const centre = map.getCenter();
    chosen(centre.lat, centre.lng);
  });
  return { mark, unmark: () => marker?.remove() };
}
