/** Loaded into API and worker before their own code (`--import`): neither outlives the launcher. */
if (process.channel) {
  process.on('disconnect', () => {
    // The orderly way first; whoever hangs in it is ended all the same.
    setTimeout(() => process.exit(1), 5_000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel.unref();
}
