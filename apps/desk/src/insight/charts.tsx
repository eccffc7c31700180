interface IntervalProps {
  low: number | null;
  high: number | null;
  value: number | null;
  min: number;
  max: number;
  tone?: 'red' | 'accent';
}

const WIDTH = 160;
const HEIGHT = 22;
const PAD = 6;

/** A dot for the value on the line of its interval; the numbers stand beside it in the table. */
export function IntervalMark({ low, high, value, min, max, tone = 'accent' }: IntervalProps) {
  const x = (at: number) => PAD + ((at - min) / (max - min)) * (WIDTH - 2 * PAD);
  return (
    <svg
      className={`mark mark--${tone}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <line className="mark__axis" x1={PAD} x2={WIDTH - PAD} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <line
          key={share}
          className="mark__axis"
          x1={x(min + share * (max - min))}
          x2={x(min + share * (max - min))}
          y1={HEIGHT / 2 - 3}
          y2={HEIGHT / 2 + 3}
        />
      ))}
      {low !== null && high !== null ? (
        <line
          className="mark__interval"
          x1={x(low)}
          x2={Math.max(x(high), x(low) + 1)}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
        />
      ) : null}
      {value !== null ? <circle className="mark__value" cx={x(value)} cy={HEIGHT / 2} r={5} /> : null}
    </svg>
  );
}

/** Bars from one star to five. */
export function Distribution({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <svg className="mark" width={84} height={26} viewBox="0 0 84 26" aria-hidden="true">
      {counts.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(2, (count / most) * 24);
        return (
          <rect
            key={index}
            className={index < 2 ? 'mark__bar mark__bar--red' : 'mark__bar'}
            x={index * 17 + 1}
            y={25 - height}
            width={14}
            height={height}
            rx={1.5}
          />
        );
      })}
    </svg>
  );
}

/** The average of each month on the scale from 1 to 5. */
export function Trend({ averages }: { averages: readonly number[] }) {
  if (averages.length < 2) return null;
  const x = (index: number) => 4 + (index / (averages.length - 1)) * 92;
  const y = (value: number) => 24 - ((value - 1) / 4) * 20;
  return (
    <svg className="mark mark--accent" width={100} height={28} viewBox="0 0 100 28" aria-hidden="true">
      <polyline className="mark__line" points={averages.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />
      {averages.map((value, index) => (
        <circle
          key={index}
          className="mark__value"
          cx={x(index)}
          cy={y(value)}
          r={index === averages.length - 1 ? 3.5 : 2}
        />
      ))}
    </svg>
  );
}
