/** Where functions and services write their log lines. Implemented by LogsService. */
export interface LogSink {
  /**
   * Adds one line; a group or stream that does not exist is created.
   *
   * @param timeMs the time that the line carries, in ms since 1970
   */
  put(group: string, stream: string, timeMs: number, message: string): void;
}
