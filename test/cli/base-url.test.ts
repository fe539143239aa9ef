import { describe, expect, it } from 'vitest';
import { isLoopback, normalizeBaseUrl } from '../../src/cli/base-url.ts';
import { UsageError } from '../../src/errors.ts';

const basePath = '/api/armature/v1';

describe('normalizeBaseUrl', () => {
  it.each([
    ['https://a.example', 'https://a.example/api/armature/v1'],
    ['https://a.example/', 'https://a.example/api/armature/v1'],
    ['https://a.example/api/armature/v1', 'https://a.example/api/armature/v1'],
    ['https://a.example/api/armature/v1///', 'https://a.example/api/armature/v1'],
    ['http://127.0.0.1:4010/staging/', 'http://127.0.0.1:4010/staging/api/armature/v1'],
    ['http://127.0.0.1:4010/staging/api/armature/v1/', 'http://127.0.0.1:4010/staging/api/armature/v1'],
    ['HTTPS://A.Example:443', 'https://a.example/api/armature/v1'],
    ['http://[::1]:80/', 'http://[::1]/api/armature/v1'],
  ])('makes %s %s', (given, expected) => {
    expect(normalizeBaseUrl(given, basePath)).toBe(expected);
  });

  it.each([
    ['your-org.example.com', /no scheme: put https:\/\/ before/],
    ['your-org.example.com:8443', /no scheme: put https:\/\/ before/],
    ['localhost:4010', /no scheme: put http:\/\/ before/],
    ['localhost:4010/x', /no scheme: put http:\/\/ before/],
    ['127.0.0.1:4010', /no scheme: put http:\/\/ before/],
    ['[::1]:4010', /no scheme: put http:\/\/ before/],
    ['', /is empty/],
    ['  ', /is empty/],
    ['what is this', /no URL/],
    ['ftp://a.example', /scheme ftp:/],
    ['https://me:hunter2@a.example', /user name or password/],
    ['https://amt_k_s3cret@a.example', /user name or password/],
    ['https://a.example?key=s3cret', /query or a fragment/],
    ['https://a.example#s3cret', /query or a fragment/],
    ['https://a.example/?', /query or a fragment/],
  ])('refuses %s without repeating it', (given, message) => {
    const normalize = (): string => normalizeBaseUrl(given, basePath);
    expect(normalize).toThrow(UsageError);
    expect(normalize).toThrow(message);
    expect(normalize).not.toThrow(/s3cret|hunter2/);
  });
});

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1:1/', true],
    ['http://127.9.9.9/', true],
    ['http://localhost/', true],
    ['http://app.localhost/', true],
    ['http://[::1]:1/', true],
    ['http://127.example.com/', false],
    ['http://localhost.example.com/', false],
    ['http://10.0.0.1/', false],
  ])('%s: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });
});
