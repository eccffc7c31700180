/** Places in Kolkata for whoever is somewhere else. */
export const PLACES = [
  { name: 'Gariahat market', lat: 22.5187, lon: 88.3654 },
  { name: 'College Street', lat: 22.5754, lon: 88.3639 },
  { name: 'Shyambazar crossing', lat: 22.5996, lon: 88.3731 },
  { name: 'Behala Chowrasta', lat: 22.4885, lon: 88.3122 },
  { name: 'Delhi, outside the state', lat: 28.6139, lon: 77.209 },
] as const;

/** A picture that shows what it is of, drawn on the spot. */
export async function samplePhoto(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.fillStyle = '#5b6460';
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = '#7d8a86';
    for (let stone = 0; stone < 400; stone++) {
      pen.fillRect(Math.random() * 640, Math.random() * 480, 3 + Math.random() * 9, 2 + Math.random() * 5);
    }
    pen.fillStyle = '#1d2421';
    pen.beginPath();
    pen.ellipse(330, 280, 190, 95, 0.15, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#38566a';
    pen.beginPath();
    pen.ellipse(340, 295, 135, 58, 0.15, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#ffffff';
    pen.font = '20px sans-serif';
    pen.fillText(new Date().toLocaleString(), 16, 464);
  }
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('No picture could be drawn.'))), 'image/jpeg', 0.85);
  });
}

/** Two seconds of silence as a telephone records them. */
export function sampleVoice(): Blob {
  const frames = new Uint8Array(100).fill(0x7c);
  return new Blob(['#!AMR\n', frames], { type: 'audio/amr' });
}
