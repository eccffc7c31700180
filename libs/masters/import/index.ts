export { importMaster } from './import-master.js';
export { exportMaster } from './export-master.js';
export { importWardPolygons } from './ward-polygons.js';
export { MASTER_NAMES, UnknownMasterError, type MasterName } from './masters.js';
export type { ImportOptions, ImportReport, RowProblem, Writer } from './report.js';
export type { CsvInput } from './csv-source.js';
export { NO_PASSWORD } from './users.js';
