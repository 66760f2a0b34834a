// A file that stands beside the player's: read is "text", "json" or "arrayBuffer".

export async function fetched(path, read) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response[read]();
}
