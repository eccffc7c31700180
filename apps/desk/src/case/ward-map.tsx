import 'leaflet/dist/leaflet.css';
import { useQuery } from '@tanstack/react-query';
import {
  circleMarker,
  DomEvent,
  control,
  geoJSON,
  map as createMap,
  svg,
  type LatLngTuple,
  type LeafletMouseEvent,
  type Map as LeafletMap,
} from 'leaflet';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchWardShapes } from '../api/masters-endpoints.js';

export interface MapPoint {
  number: string;
  /** Of the same sub-category: a possible duplicate. */
  same: boolean;
  lat: number;
  lon: number;
}

interface WardMapProps {
  here: { lat: number; lon: number } | null;
  ward: string;
  points: readonly MapPoint[];
  /** Shades wards by a figure from 0 to 1 and names it; null leaves a ward blank. */
  shade?: (ward: string) => { depth: number; label: string } | null;
  /** A point was clicked, and the ward it lies in where its boundary is known. */
  onPick?: (point: { lat: number; lon: number }, ward: string | null) => void;
  /** What the map is; by itself it shows a case and those near by. */
  label?: string;
}

const KOLKATA: LatLngTuple = [22.5626, 88.363];

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--pk-${name}`).trim();
}

/** Ward boundaries and points on a plain ground: no tile server learns which complaint an officer looks at. */
export function WardMap({ here, ward, points, shade, onPick, label }: WardMapProps) {
  const { t } = useTranslation();
  const { data: shapes } = useQuery({
    queryKey: ['ward-shapes'],
    queryFn: fetchWardShapes,
    staleTime: Infinity,
    retry: false,
  });
  const element = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  const picks = onPick !== undefined;

  useEffect(() => {
    if (!element.current) return;
    const map: LeafletMap = createMap(element.current, {
      renderer: svg(),
      zoomControl: false,
      scrollWheelZoom: false,
      // The list beside the map is the way for keyboards; a second tab stop without words would only be in the way.
      keyboard: false,
      // An animation that outlives its map throws when the officer has already gone on to the next case.
      zoomAnimation: false,
      fadeAnimation: false,
      inertia: false,
      attributionControl: false,
      // A whole city would else be shown half as large as fits.
      zoomSnap: shade ? 0.25 : 1,
    }).setView(here ? [here.lat, here.lon] : KOLKATA, here ? 15 : 11);
    control.zoom({ zoomInTitle: t('near.zoom_in'), zoomOutTitle: t('near.zoom_out') }).addTo(map);
    if (picks) map.on('click', ({ latlng }) => pick.current?.({ lat: latlng.lat, lon: latlng.lng }, null));
    if (shapes) {
      const layer = geoJSON(shapes, {
        interactive: shade !== undefined || picks,
        onEachFeature: (feature, layer) => {
          const told = shade?.(String(feature.properties.ward));
          if (told) layer.bindTooltip(told.label, { sticky: true });
          if (picks) {
            layer.on('click', (event: LeafletMouseEvent) => {
              DomEvent.stopPropagation(event);
              pick.current?.({ lat: event.latlng.lat, lon: event.latlng.lng }, String(feature.properties.ward));
            });
          }
        },
        style: (feature) => {
          const told = shade?.(String(feature?.properties?.ward));
          if (shade)
            return {
              color: token('line-strong'),
              weight: 1,
              fillColor: token(told ? 'accent-fill' : 'paper'),
              fillOpacity: told?.depth ?? 0.6,
            };
          const own = String(feature?.properties?.ward) === ward;
          return {
            color: token(own ? 'accent' : 'line-strong'),
            weight: own ? 3 : 1,
            fillColor: token(own ? 'accent-ground' : 'paper'),
            fillOpacity: own ? 0.9 : 0.6,
          };
        },
      }).addTo(map);
      if (shade && layer.getBounds().isValid()) map.fitBounds(layer.getBounds());
      else if (!here) {
        layer.eachLayer((one) => {
          if (
            'feature' in one &&
            'getBounds' in one &&
            String((one.feature as GeoJSON.Feature).properties?.['ward']) === ward
          ) {
            map.fitBounds((one as unknown as { getBounds: () => Parameters<LeafletMap['fitBounds']>[0] }).getBounds());
          }
        });
      }
    }
    for (const point of points) {
      circleMarker([point.lat, point.lon], {
        radius: point.same ? 8 : 6,
        color: token('ink'),
        weight: 1.5,
        fillColor: token(point.same ? 'amber' : 'grey'),
        fillOpacity: 0.9,
      })
        .bindTooltip(point.number)
        .addTo(map);
    }
    if (here)
      circleMarker([here.lat, here.lon], {
        radius: 10,
        color: token('paper'),
        weight: 3,
        fillColor: token('accent'),
        fillOpacity: 1,
      }).addTo(map);
    return () => void map.remove();
  }, [here?.lat, here?.lon, ward, shapes, points.map((point) => point.number).join(), shade, picks, t]);

  return <div ref={element} className="ward-map" role="group" aria-label={label ?? t('near.map')} />;
}
