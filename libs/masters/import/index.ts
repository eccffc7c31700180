export { importMaster } from './import-master.js';
export { exportMaster } from './export-master.js';
export { MASTER_NAMES, UnknownMasterError } from './masters.js';
