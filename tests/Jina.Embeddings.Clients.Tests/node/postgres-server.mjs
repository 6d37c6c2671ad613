// Runs Postgres with pgvector in WebAssembly on a port of 127.0.0.1, prints the port, and ends when stdin is closed: node postgres-server.mjs
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0 });
server.addEventListener('listening', event => console.log(event.detail.port));
await server.start();
process.stdin.resume().on('end', () => process.exit(0));
