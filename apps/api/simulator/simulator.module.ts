import { Module } from '@nestjs/common';
import { GraphController } from './graph.controller.js';
import { SimulatorPageController } from './page.controller.js';
import { PhonesController } from './phones.controller.js';
import { Simulator } from './simulator.service.js';

/** Telephones on the screen, for trying everything without an account; in demo alone. */
@Module({
  controllers: [GraphController, PhonesController, SimulatorPageController],
  providers: [Simulator],
})
export class SimulatorModule {}
