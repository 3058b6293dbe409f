package dev.ganzoo.zoo.data;

/**
 * A published file as it must be, whatever its packaging: a gzipped copy is judged by what it unpacks to.
 *
 * @param name the name of the unpacked file
 * @param bytes its length
 * @param sha256 its SHA-256 in lower-case hexadecimal
 */
record SourceFile(String name, long bytes, String sha256) {}
