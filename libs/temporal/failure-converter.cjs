/**
 * What Temporal is told of a failure: its message and stack trace, which may quote what a database or a provider was
 * given, go where the codec encrypts them. The SDK loads this file by its path, in processes and in the workflows'
 * bundle, with `require`: hence CommonJS, and no other import.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
