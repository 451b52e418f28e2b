import type {Camera} from './graph-camera.ts';

/** Milliseconds of a glide. */
const duration = 180;

/** Moves the camera smoothly, or at once for those who asked for less motion. */
export class Motion {
  readonly #look: (camera: Camera) => void;
  #frame = 0;
  #target: Camera | undefined;

  constructor(look: (camera: Camera) => void) {
    this.#look = look;
  }

  /** Where a glide leads to; undefined when there is none. */
  get target(): Camera | undefined {
    return this.#target;
  }

  glide(from: Camera, to: Camera): void {
    this.stop();
    if (reduced()) return this.#look(to);
    this.#target = to;
    const started = performance.now();
    const step = (): void => {
      const part = Math.min(1, (performance.now() - started) / duration);
      this.#look(part === 1 ? to : between(from, to, 1 - (1 - part) ** 3));
      if (part === 1) this.#target = undefined;
      else this.#frame = requestAnimationFrame(step);
    };
    step();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#target = undefined;
  }
}

function between(from: Camera, to: Camera, part: number): Camera {
  const mix = (a: number, b: number): number => a + (b - a) * part;
  return {...to, x: mix(from.x, to.x), y: mix(from.y, to.y), zoom: mix(from.zoom, to.zoom)};
}

/** The editor's own setting comes as a class, and the system's as a media query. */
function reduced(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
