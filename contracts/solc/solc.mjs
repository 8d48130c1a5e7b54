#!/usr/bin/env node
import { createRequire } from 'node:module';
import { answer } from './wrap.mjs';

answer(createRequire(import.meta.url)('solc'));
