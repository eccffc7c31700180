/**
 * Loaded before the worker and in each of its threads. The workflow thread would otherwise take a stack trace of every
 * promise a workflow makes, a quarter of its time, only so that the query `__stack_trace` can be answered; our workflows
 * wait in a handful of places, which their history names.
 */
require('node:v8').promiseHooks.createHook = () => () => undefined;
