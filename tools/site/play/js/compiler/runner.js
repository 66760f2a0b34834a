// The worker that programs run in.
import { serve } from "./running.js";

serve(self);
