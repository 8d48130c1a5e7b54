// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

// OpenZeppelin's access manager is deployed as it is; this import has it compiled and its bindings made.
// solhint-disable-next-line no-unused-import
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
