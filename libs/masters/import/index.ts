export { importMaster } from './import-master.js';
export { exportMaster } from './export-master.js';
export { CALENDAR_MASTERS, MASTER_NAMES, UnknownMasterError } from './masters.js';
