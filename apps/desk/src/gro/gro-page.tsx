export function GroPage() { return null; }
