import {
  centred,
  firstLook,
  fitted,
  kept,
  limitsOf,
  revealed,
  zoomDown,
  zoomedAt,
  type Camera,
  type Point,
  type Viewport,
} from './graph-camera.ts';
import type {GraphDrawing} from './graph-drawing.ts';
import type {Box} from './graph-layout.ts';
import {Motion} from './graph-motion.ts';

/** Which part of the drawing is seen, and how that changes. */
export class GraphSight {
  readonly #drawing: GraphDrawing;
  readonly #changed: () => void;
  readonly #motion = new Motion(camera => this.#look(camera));
  #viewport: Viewport = {width: 0, height: 0};

  /** @param changed called for every change: something else is to be drawn */
  constructor(drawing: GraphDrawing, changed: () => void) {
    this.#drawing = drawing;
    this.#changed = changed;
  }

  get camera(): Camera {
    return this.#drawing.memory.camera ?? {x: 0, y: 0, zoom: 1, floor: 1, least: 1};
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** Nothing can be drawn before there is room for it. */
  get ready(): boolean {
    return this.#viewport.width > 0 && this.#viewport.height > 0;
  }

  resize(viewport: Viewport): void {
    this.#viewport = viewport;
    if (!this.ready) return;
    if (this.#drawing.memory.camera !== undefined) return this.#look(this.camera);
    this.#drawing.memory.camera = firstLook(this.#drawing.layout, viewport, this.#firstPath());
  }

  pan(dx: number, dy: number): void {
    this.#motion.stop();
    const {x, y} = this.camera;
    this.#look({...this.camera, x: x + dx, y: y + dy});
  }

  /** Zooms at once, as a wheel turns. */
  zoomAt(at: Point, factor: number): void {
    this.#motion.stop();
    this.#look(zoomedAt(this.camera, at, factor));
  }

  /** Zooms smoothly, around the middle. */
  zoom(factor: number): void {
    const {width, height} = this.#viewport;
    this.#glide(zoomedAt(this.#motion.target ?? this.camera, {x: width / 2, y: height / 2}, factor));
  }

  actualSize(): void {
    this.zoom(1 / (this.#motion.target ?? this.camera).zoom);
  }

  fit(): void {
    this.#glide(fitted(this.#drawing.layout, this.#viewport));
  }

  centre(box: Box): void {
    this.#glide(centred(this.camera, box, this.#viewport));
  }

  reveal(box: Box): void {
    if (!this.ready) return;
    const from = this.#motion.target ?? this.camera;
    const camera = revealed(from, box, this.#viewport);
    if (camera !== from) this.#glide(camera);
  }

  /** @returns where a box is on the screen */
  placeOf(box: Box): Point {
    const {x, y, zoom} = this.camera;
    return {x: box.x * zoom + x, y: box.y * zoomDown(this.camera) + y};
  }

  /** Moves the drawing so that the box is at that place of the screen. */
  hold(box: Box, at: Point): void {
    if (!this.ready) return;
    const camera = {...this.camera, ...limitsOf(this.#drawing.layout, this.#viewport)};
    this.#look({...camera, x: at.x - box.x * camera.zoom, y: at.y - box.y * zoomDown(camera)});
  }

  /** @returns the point of the drawing that is at a point of the screen */
  pointAt(at: Point): Point {
    const {x, y, zoom} = this.camera;
    return {x: (at.x - x) / zoom, y: (at.y - y) / zoomDown(this.camera)};
  }

  stop(): void {
    this.#motion.stop();
  }

  #look(camera: Camera): void {
    const {layout} = this.#drawing;
    this.#drawing.memory.camera = kept(
      {...camera, ...limitsOf(layout, this.#viewport)},
      layout,
      this.#viewport,
    );
    this.#changed();
  }

  #glide(camera: Camera): void {
    this.#motion.glide(this.camera, camera);
  }

  /** From the root to what the reader is to see first: what is selected, or else took the most. */
  #firstPath(): readonly Box[] {
    const {viewing, plan} = this.#drawing;
    const goal = viewing.selected === 0 ? plan.slowestPath().at(-1) : viewing.selected;
    const end = this.#drawing.itemOf(goal ?? 0);
    const keys = [...this.#drawing.pathTo(end?.key ?? 0)].toReversed();
    return keys.map(key => this.#drawing.boxOf(key)).filter(box => box !== undefined);
  }
}
