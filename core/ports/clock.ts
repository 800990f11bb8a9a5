/** Tells the time; handed in so that tests and replays decide it. */
export type Clock = () => Date;
