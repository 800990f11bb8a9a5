/** The child process: reads one file for one task and ends. It may die without taking the parent along. */
import { serve } from "./serve.ts";

serve();
